internal import PenstockCore

extension HuggingFaceProcessor {
    /// Rescaling and normalising, as one step.
    func normalization() -> Declaration<DeclaredNormalization>? {
        guard let isNormalized = flag("do_normalize", type?.isNormalized, impliedBy: "image_mean") else { return nil }
        guard let isRescaled = flag("do_rescale", type.map { _ in true }, impliedBy: "rescale_factor") else {
            return nil
        }
        let scale = isRescaled ? json["rescale_factor"]?.number ?? 1.0 / 255 : 1
        guard scale > 0 else { return refused("has a rescale_factor of \(scale); say --mean and --std.") }
        do throws(PenstockError) {
            let (mean, deviation) = try channels(isNormalized)
            guard let mean = offset(mean, scale), let deviation = squaredIfTop(deviation) else {
                return refused("rescales in a way that is not known here; say --mean and --std.")
            }
            let normalization = Normalization(scale: scale, mean: mean, deviation: deviation)
            let keys = isNormalized ? "rescale_factor, image_mean, image_std" : "rescale_factor, no do_normalize"
            return .value(DeclaredNormalization(normalization: normalization, order: .rgb), from: origin(keys))
        } catch {
            return refused("cannot be used: \(error.message)")
        }
    }

    /// A switch: what the file says, or the type's default, or on where a value that it governs is there.
    private func flag(_ key: String, _ byDefault: Bool?, impliedBy value: String) -> Bool? {
        json[key]?.bool ?? byDefault ?? (json[value] ?? json["image_mean"]).map { _ in true }
    }

    private func channels(_ isNormalized: Bool) throws(PenstockError) -> (mean: [Double], deviation: [Double]) {
        guard isNormalized else { return ([0, 0, 0], [1, 1, 1]) }
        let mean = try channels("image_mean", type?.mean)
        let deviation = try channels("image_std", type?.deviation)
        guard !deviation.contains(0) else { throw refusal("image_std holds a 0.") }
        return (mean, deviation)
    }

    private func channels(_ key: String, _ byDefault: [Double]?) throws(PenstockError) -> [Double] {
        let value = json[key].flatMap { $0.isNull ? nil : $0 }
        guard let numbers = value.map({ $0.numbers ?? $0.number.map { [$0] } ?? [] }) ?? byDefault else {
            throw refusal("it has no \(key).")
        }
        return try DeclaredNormalization.channels(numbers, key)
    }

    /// EfficientNet's `rescale_offset` takes 1 away after scaling by 1/127.5.
    private func offset(_ mean: [Double], _ scale: Double) -> [Double]? {
        guard json["rescale_offset"]?.bool ?? false else { return mean }
        return abs(scale * 127.5 - 1) < 1e-3 ? mean.map { $0 + 1 } : nil
    }

    /// EfficientNet's `include_top` divides by the deviation a second time.
    private func squaredIfTop(_ deviation: [Double]) -> [Double]? {
        let includesTop = json["include_top"]?.bool ?? type?.includesTop ?? false
        return includesTop ? deviation.map { $0 * $0 } : deviation
    }
}
