internal import PenstockFlow

/// The frame rate that a stream claims beside the one that it delivers.
public struct DeliveredRate: Hashable, Sendable {
    /// Frames a second, as the container claims; `nil` where it claims no constant rate.
    public var claimed: Double?
    /// Frames a second over true time; `nil` until there are two frames.
    public var measured: Double?
    /// How long was measured.
    public var span: Duration = .zero

    /// A claim that is further off than this part of it is reported.
    static let tolerance = 0.05
    /// What was measured over less time than this says nothing.
    static let leastSpan = Duration.seconds(2)

    /// Makes a comparison.
    public init(claimed: Double? = nil, measured: Double? = nil, span: Duration = .zero) {
        self.claimed = claimed
        self.measured = measured
        self.span = span
    }

    /// Whether the claim holds, as far as can be told: a stream that claims nothing cannot be wrong.
    public var isAsClaimed: Bool {
        guard let claimed, let measured, claimed > 0, span >= Self.leastSpan else { return true }
        return abs(measured - claimed) <= claimed * Self.tolerance
    }

    /// What there is to say about a claim that does not hold, such as `claims 25 fps, delivers 21 fps`.
    public var discrepancy: String? {
        guard !isAsClaimed, let claimed, let measured else { return nil }
        return "claims \(Self.text(claimed)) fps, delivers \(Self.text(measured)) fps"
    }

    private static func text(_ rate: Double) -> String {
        let text = "\((rate * 100).rounded() / 100)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
