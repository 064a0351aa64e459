import PenstockCore

/// The size that a picture is resized to as a whole, and where that lies on the canvas that comes of it.
///
/// The shapes are those of Pillow's `ImageOps`: `inside` is `contain`, `contain` is `pad`, and `cover` is `cover` with
/// the middle cut out, an odd margin's smaller half at the left and the top.
struct ResizeGeometry: Hashable {
    /// The whole picture's new size, and the canvas' corner in it.
    let placement: Placement
    /// The size of what comes of it.
    let canvas: ImageSize

    /// Finds out what becomes of a picture, whose edges are positive.
    init(_ resizing: Resizing, of source: ImageSize) throws(PenstockError) {
        switch resizing.target {
        case .size(let size): self.init(source, in: size, resizing.shape)
        case .width(let width): self.init(source, width: Double(width), height: source.height(at: width))
        case .height(let height): self.init(source, width: source.width(at: height), height: Double(height))
        case .scale(let scale):
            self.init(source, width: Double(source.width) * scale, height: Double(source.height) * scale)
        }
        try check(source)
    }
}

extension ResizeGeometry {
    /// Stretches to edges rounded to whole pixels, one at least.
    private init(_ source: ImageSize, width: Double, height: Double) {
        let size = ImageSize(width: max(1, .nearest(width)), height: max(1, .nearest(height)))
        self.init(placement: Placement(resized: size, x: 0, y: 0), canvas: size)
    }

    private init(_ source: ImageSize, in target: ImageSize, _ shape: Resizing.Shape) {
        switch shape {
        case .stretch:
            self.init(placement: Placement(resized: target, x: 0, y: 0), canvas: target)
        case .inside:
            let inside = source.keepingShape(in: target, covering: false)
            self.init(placement: Placement(resized: inside, x: 0, y: 0), canvas: inside)
        case .contain:
            let inside = source.keepingShape(in: target, covering: false)
            let (x, y) = (target.width - inside.width, target.height - inside.height)
            self.init(placement: Placement(resized: inside, x: -x.halfToEven, y: -y.halfToEven), canvas: target)
        case .cover:
            let around = source.keepingShape(in: target, covering: true)
            let (x, y) = ((around.width - target.width) / 2, (around.height - target.height) / 2)
            self.init(placement: Placement(resized: around, x: x, y: y), canvas: target)
        }
    }

    private init(placement: Placement, canvas: ImageSize) {
        (self.placement, self.canvas) = (placement, canvas)
    }

    /// Refuses what positions of 24 bits cannot count, or would take memory without reason.
    private func check(_ source: ImageSize) throws(PenstockError) {
        try canvas.checkResult(of: source, "resized")
        let edges = [source.width, source.height, placement.resized.width, placement.resized.height]
        guard edges.allSatisfy({ $0 <= ImageSize.longestEdge }) else {
            throw PenstockError(
                .tooLarge,
                at: .preprocess,
                "A picture of \(source) would be resized to \(placement.resized), and an edge may have "
                    + "\(ImageSize.longestEdge) pixels at most. Crop it first, or stretch it."
            )
        }
    }
}

extension ImageSize {
    fileprivate func height(at width: Int) -> Double { Double(height) * Double(width) / Double(self.width) }

    fileprivate func width(at height: Int) -> Double { Double(width) * Double(height) / Double(self.height) }

    /// The size of this shape that fits inside another, or covers it, in the roundings of Pillow's `ImageOps`.
    fileprivate func keepingShape(in target: ImageSize, covering: Bool) -> ImageSize {
        let ratio = Double(width) / Double(height)
        let targetRatio = Double(target.width) / Double(target.height)
        if ratio == targetRatio { return target }
        if (ratio > targetRatio) != covering {
            let height: Int = .nearest(Double(height) / Double(width) * Double(target.width))
            return ImageSize(width: target.width, height: max(covering ? target.height : 1, height))
        }
        let width: Int = .nearest(ratio * Double(target.height))
        return ImageSize(width: max(covering ? target.width : 1, width), height: target.height)
    }
}

extension Int {
    /// The nearest integer, ties to the even one, of what is not negative; what is far beyond every limit stays there.
    fileprivate static func nearest(_ value: Double) -> Int {
        Int(Swift.min(value, Double(1 << 40)).rounded(.toNearestOrEven))
    }

    /// Half of this, as Python rounds it.
    var halfToEven: Int { .nearest(Double(self) / 2) }
}
