internal import PenstockCore

extension DeclaredNormalization {
    /// Makes a normalisation from a scale, means and deviations of which any may be missing.
    ///
    /// With means or deviations and no scale, pixels are brought to 0…1 first, which is how model cards of PyTorch,
    /// timm and Hugging Face write their numbers. Numbers that only make sense on 0…255 are then refused rather than
    /// used wrongly.
    ///
    /// - Parameter names: What the user calls the three, for messages.
    init?(
        scale: Double?,
        mean: [Double]?,
        deviation: [Double]?,
        names: (scale: String, mean: String, deviation: String)
    ) throws(PenstockError) {
        guard scale != nil || mean != nil || deviation != nil else { return nil }
        let mean = try Self.channels(mean ?? [0, 0, 0], names.mean)
        let deviation = try Self.channels(deviation ?? [1, 1, 1], names.deviation)
        guard !deviation.contains(0) else {
            throw refusal("\(names.deviation) holds a 0, which would divide by nothing.")
        }
        if let scale {
            guard scale.isFinite, scale > 0 else { throw refusal("\(names.scale) is \(scale); it must be above 0.") }
        } else if let large = (mean + deviation).first(where: { abs($0) > 1 }) {
            throw refusal(
                "\(large) in \(names.mean) or \(names.deviation) looks like the 0…255 scale, but without \(names.scale) "
                    + "pixels are brought to 0…1 first. Add \(names.scale) 1 to use these numbers on 0…255, or divide them by 255."
            )
        }
        normalization = Normalization(scale: scale ?? 1.0 / 255, mean: mean, deviation: deviation)
    }

    /// Three values, from three or from one for all.
    static func channels(_ values: [Double], _ name: String) throws(PenstockError) -> [Double] {
        guard values.count == 1 || values.count == 3, values.allSatisfy(\.isFinite) else {
            throw refusal(
                "\(name) has \(values.count) values; it takes one for each of the three channels, or one for all."
            )
        }
        return values.count == 3 ? values : [values[0], values[0], values[0]]
    }
}
