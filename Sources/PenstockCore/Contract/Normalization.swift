/// From 8-bit pixels to the values that a model expects: `(pixel × scale − mean) ÷ deviation`, a channel at a time.
///
/// Means and deviations are in the order of the contract's `colorOrder`: the first is for the tensor's first channel.
public struct Normalization: Hashable, Sendable {
    /// Multiplies each pixel first: 1/255 brings it to 0…1.
    public var scale: Double
    /// Subtracted after scaling, a channel at a time.
    public var mean: [Double]
    /// Divides the difference, a channel at a time.
    public var deviation: [Double]

    /// Makes a normalisation.
    ///
    /// - Precondition: `mean` and `deviation` have three values each, and no deviation is 0.
    public init(scale: Double, mean: [Double] = [0, 0, 0], deviation: [Double] = [1, 1, 1]) {
        precondition(mean.count == 3 && deviation.count == 3, "a normalisation has three channels")
        precondition(!deviation.contains(0), "a deviation of 0 would divide by nothing")
        self.scale = scale
        self.mean = mean
        self.deviation = deviation
    }

    /// Pixels as they are, 0…255.
    public static let none = Normalization(scale: 1)
}

extension Normalization {
    /// What a pixel is multiplied by, a channel at a time; rounded to single precision once.
    package var multiplier: [Float] { deviation.map { Float(scale / $0) } }

    /// What is then added, a channel at a time.
    package var offset: [Float] { zip(mean, deviation).map { Float(-$0 / $1) } }
}
