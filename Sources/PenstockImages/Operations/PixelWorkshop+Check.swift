package import PenstockCore

extension PixelWorkshop {
    /// Refuses what no picture can be put through, before any picture is.
    package static func check(_ operation: PixelOperation) throws(PenstockError) {
        switch operation {
        case .gray, .flip: break
        case .resize(let resizing): try check(resizing.target)
        case .crop(let cropping): try check(cropping)
        case .rotate(let degrees):
            guard degrees.isFinite else {
                throw .badOperation("A picture is turned by a number of degrees, and not by \(degrees).")
            }
        case .blur(let radius): try check(radius, in: 0...maxBlurRadius, "The radius of a blur")
        case .brightness(let factor): try check(factor, in: 0...maxFactor, "A factor of brightness")
        case .contrast(let factor): try check(factor, in: 0...maxFactor, "A factor of contrast")
        case .saturation(let factor): try check(factor, in: 0...maxFactor, "A factor of saturation")
        case .pad(let padding): try check(padding.amount)
        }
    }

    /// Beyond this every picture has long become one colour.
    static let maxBlurRadius = 10_000.0
    /// Beyond this every sample has long become 0 or 255.
    static let maxFactor = 1000.0
}

extension PixelWorkshop {
    private static func check(
        _ value: Double,
        in range: ClosedRange<Double>,
        _ name: String
    ) throws(PenstockError) {
        // Comparing with a range refuses what is not a number as well.
        guard range.contains(value) else {
            let (lowest, highest) = (Int(range.lowerBound), Int(range.upperBound))
            throw .badOperation("\(name) is from \(lowest) to \(highest), and not \(value).")
        }
    }

    private static func check(_ target: Resizing.Target) throws(PenstockError) {
        switch target {
        case .size(let size): try size.checkTarget("resized")
        case .width(let edge), .height(let edge): try ImageSize(width: edge, height: 1).checkTarget("resized")
        case .scale(let scale):
            let highest = Double(ImageSize.longestEdge)
            guard scale > 0, scale <= highest else {
                throw .badOperation("A picture cannot be resized to \(scale) times its size: give a number above zero.")
            }
        }
    }

    private static func check(_ cropping: Cropping) throws(PenstockError) {
        try cropping.size.checkTarget("cropped")
        let (x, y) = (cropping.x ?? 0, cropping.y ?? 0)
        guard min(x, y) >= 0 else {
            throw .badOperation("A crop starts inside the picture, and not at \(x), \(y).")
        }
    }

    private static func check(_ amount: Padding.Amount) throws(PenstockError) {
        switch amount {
        case .size(let size): try size.checkTarget("padded")
        case .border(let border):
            guard (0...ImageSize.longestEdge / 2).contains(border) else {
                throw .badOperation(
                    "A border is from 0 to \(ImageSize.longestEdge / 2) pixels wide, and not \(border)."
                )
            }
        }
    }
}

extension ImageSize {
    /// The most pixels along an edge of what operations make.
    static let longestEdge = 1 << 24
    /// The most pixels of what operations make.
    static let mostPixels = 1 << 28

    /// Whether a picture of this size may be made.
    var isWithinLimits: Bool {
        let edges = 1...Self.longestEdge
        return edges.contains(width) && edges.contains(height) && pixelCount <= Self.mostPixels
    }

    /// Refuses a size that no operation can make, whatever the picture.
    fileprivate func checkTarget(_ verb: String) throws(PenstockError) {
        guard isWithinLimits else { throw .badOperation("No picture can be \(verb) to \(self): \(Self.limits).") }
    }

    /// Refuses a size that a picture would get by an operation.
    func checkResult(of source: ImageSize, _ verb: String) throws(PenstockError) {
        guard isWithinLimits else {
            let message = "A picture of \(source) cannot be \(verb) to \(self): \(Self.limits)."
            throw PenstockError(.tooLarge, at: .preprocess, message)
        }
    }

    private static var limits: String {
        "edges are from 1 to \(longestEdge) pixels, and there are \(mostPixels) pixels at most"
    }
}

extension PenstockError {
    /// An operation that makes no sense.
    fileprivate static func badOperation(_ message: String) -> Self {
        Self(.invalidConfiguration, at: .configure, message)
    }
}
