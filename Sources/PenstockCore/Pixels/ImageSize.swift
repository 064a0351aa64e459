/// A width and a height, in pixels.
public struct ImageSize: Hashable, Sendable {
    /// Pixels across.
    public var width: Int
    /// Pixels down.
    public var height: Int

    /// Makes a size.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Makes a square.
    public init(side: Int) {
        self.init(width: side, height: side)
    }
}

extension ImageSize {
    /// How many pixels there are.
    ///
    /// - Precondition: The product fits in an `Int`; sizes read from files are checked before they get here.
    public var pixelCount: Int { width * height }

    /// The size after a quarter turn.
    package var transposed: ImageSize { ImageSize(width: height, height: width) }
}

extension ImageSize: CustomStringConvertible {
    /// `640×480`.
    public var description: String { "\(width)×\(height)" }
}
