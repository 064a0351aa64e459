/// What the samples of a picture's rows are, 8 bits each, interleaved.
public enum PixelLayout: Hashable, Sendable, CaseIterable {
    /// Luma alone.
    case gray
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, and opacity, which the colours are not multiplied by.
    case rgba
}

extension PixelLayout {
    /// Samples a pixel.
    public var channels: Int {
        switch self {
        case .gray: 1
        case .rgb: 3
        case .rgba: 4
        }
    }
}
