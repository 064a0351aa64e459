/// How integers stand for real numbers: `(value − zeroPoint) × scale`.
public struct Quantization: Hashable, Sendable {
    /// The real size of one step.
    public var scale: Double
    /// The integer that stands for 0.
    public var zeroPoint: Int

    /// Makes a quantisation.
    public init(scale: Double, zeroPoint: Int) {
        self.scale = scale
        self.zeroPoint = zeroPoint
    }

    /// Bytes from 0 to 1, for outputs that say nothing of themselves.
    public static let unitBytes = Quantization(scale: 1.0 / 255, zeroPoint: 0)
}

/// How a model's raw output holds its scores.
public enum ScoreFormat: Hashable, Sendable {
    /// Single-precision numbers.
    case float32
    /// Unsigned bytes that stand for real numbers.
    case uint8(Quantization)
    /// Signed bytes that stand for real numbers.
    case int8(Quantization)

    /// The bytes that one score takes.
    public var byteCount: Int { self == .float32 ? 4 : 1 }

    /// The quantisation, where there is one.
    public var quantization: Quantization? {
        switch self {
        case .float32: nil
        case .uint8(let quantization), .int8(let quantization): quantization
        }
    }
}
