/// Where a picture lands: the size it is resized to as a whole, and which part of that the input shows.
///
/// Only the part that shows is ever computed; `resized` decides the sampling grid. `Documentation/Pixels.md` says whose
/// arithmetic each fit follows.
package struct Placement: Hashable, Sendable {
    /// The size that the whole picture is resized to.
    package var resized: ImageSize
    /// The column of the resized picture at the input's left edge; negative where there is padding.
    package var x: Int
    /// The row of the resized picture at the input's top edge; negative where there is padding.
    package var y: Int

    /// Places a picture.
    ///
    /// - Precondition: Neither size is empty.
    package init(of source: ImageSize, fit: Fit, in target: ImageSize) {
        precondition(min(source.width, source.height) > 0, "a picture without pixels cannot be placed")
        precondition(min(target.width, target.height) > 0, "a model's input has pixels")
        switch fit {
        case .stretch:
            self.init(resized: target, x: 0, y: 0)
        case .cover(let cropFraction, let rounding):
            let resized = Self.covering(target, by: source, cropFraction: cropFraction)
            self.init(
                resized: resized,
                x: rounding.offset(of: target.width, in: resized.width),
                y: rounding.offset(of: target.height, in: resized.height)
            )
        case .contain:
            let resized = Self.contained(in: target, source)
            self.init(
                resized: resized,
                x: -half(target.width - resized.width),
                y: -half(target.height - resized.height)
            )
        }
    }

    /// Makes a placement that was reckoned elsewhere.
    package init(resized: ImageSize, x: Int, y: Int) {
        self.resized = resized
        self.x = x
        self.y = y
    }
}

extension Placement {
    /// The size at which `source` covers `target` and the margins that `cropFraction` cuts off.
    private static func covering(_ target: ImageSize, by source: ImageSize, cropFraction: Double) -> ImageSize {
        precondition(cropFraction > 0, "a crop fraction is more than zero")
        let width = max(1, Int(Double(target.width) / cropFraction))
        let height = max(1, Int(Double(target.height) / cropFraction))
        if width == height { return shortestEdge(of: source, becoming: width) }
        // timm: the ratio by which the tighter edge shrinks, and both edges rounded half to even.
        let ratio = min(Double(source.height) / Double(height), Double(source.width) / Double(width))
        return ImageSize(
            width: max(1, nearest(Double(source.width) / ratio)),
            height: max(1, nearest(Double(source.height) / ratio))
        )
    }

    /// The size at which the shortest edge is `edge`; torchvision and Hugging Face both cut the long one's fraction off.
    private static func shortestEdge(of source: ImageSize, becoming edge: Int) -> ImageSize {
        let short = min(source.width, source.height)
        let long = max(source.width, source.height)
        let resizedLong = Int(Double(edge * long) / Double(short))
        return source.width <= source.height
            ? ImageSize(width: edge, height: resizedLong)
            : ImageSize(width: resizedLong, height: edge)
    }

    /// The largest size inside `target` that keeps the shape of `source`, as Pillow's `ImageOps.contain` rounds it.
    private static func contained(in target: ImageSize, _ source: ImageSize) -> ImageSize {
        let ratio = Double(source.width) / Double(source.height)
        let targetRatio = Double(target.width) / Double(target.height)
        if ratio == targetRatio { return target }
        if ratio > targetRatio {
            let height = Double(source.height) / Double(source.width) * Double(target.width)
            return ImageSize(width: target.width, height: max(1, nearest(height)))
        }
        let width = ratio * Double(target.height)
        return ImageSize(width: max(1, nearest(width)), height: target.height)
    }
}

extension CropRounding {
    /// Where a centred window of `target` starts in `length`; negative where the window is the longer one.
    fileprivate func offset(of target: Int, in length: Int) -> Int {
        switch self {
        // An arithmetic shift rounds down for negative margins too.
        case .down: (length - target) >> 1
        // torchvision rounds a crop half to even, and padding down.
        case .halfToEven: length < target ? -((target - length) / 2) : half(length - target)
        }
    }
}

/// The nearest integer to a value that is not negative, with ties to the even one; it needs no mathematical library.
private func nearest(_ value: Double) -> Int {
    let whole = Int(value)
    let rest = value - Double(whole)
    return rest > 0.5 || (rest == 0.5 && whole % 2 == 1) ? whole + 1 : whole
}

/// Half of a margin that is not negative, with a tie to the even number.
private func half(_ margin: Int) -> Int {
    margin % 2 == 0 ? margin / 2 : margin / 2 + margin / 2 % 2
}
