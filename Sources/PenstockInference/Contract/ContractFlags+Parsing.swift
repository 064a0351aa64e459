public import PenstockCore

extension ContractFlags {
    /// Reads `299` or `299x224`, the width first.
    public static func size(_ text: String) throws(PenstockError) -> ImageSize {
        let edges = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard edges.count == 1 || edges.count == 2, edges.allSatisfy({ (1...65_535).contains($0) }) else {
            throw refusal("--size \(text) is not a size; write one edge (299) or width and height (299x224).")
        }
        return ImageSize(width: edges[0], height: edges[edges.count - 1])
    }

    /// Reads `stretch`, `cover`, `cover:0.875`, `contain` or `contain:114`.
    public static func fit(_ text: String) throws(PenstockError) -> Fit {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? parts[1] : nil
        switch (parts[0], value) {
        case ("stretch", nil): return .stretch
        case ("cover", nil): return .cover()
        case ("contain", nil): return .contain()
        case ("cover", .some(let value)):
            if let fraction = Double(value), fraction > 0, fraction <= 1 { return .cover(cropFraction: fraction) }
        case ("contain", .some(let value)):
            if let pad = UInt8(value) { return .contain(pad: pad) }
        default: break
        }
        throw refusal(
            "--fit \(text) is not known; write stretch, cover, cover:0.875 (the part of the edge that is kept, above 0 and up to 1), "
                + "contain or contain:114 (the grey around, 0 to 255)."
        )
    }

    /// Reads the name of a resampling filter.
    public static func filter(_ text: String) throws(PenstockError) -> ResamplingFilter {
        try choice(text, "--resample")
    }

    /// Reads `rgb` or `bgr`.
    public static func colorOrder(_ text: String) throws(PenstockError) -> ColorOrder { try choice(text, "--color") }

    /// Reads the name of a preset.
    public static func preset(_ text: String) throws(PenstockError) -> Preset { try choice(text, "--preset") }

    /// Reads the name of an activation.
    public static func activation(_ text: String) throws(PenstockError) -> Activation {
        try choice(text, "--activation")
    }

    /// Reads `nhwc` or `nchw`.
    public static func layout(_ text: String) throws(PenstockError) -> TensorLayout { try choice(text, "--layout") }

    /// Reads one number for all channels or three, with commas between, for the flag of the given name.
    public static func channels(_ text: String, flag: String) throws(PenstockError) -> [Double] {
        let values = text.split(separator: ",", omittingEmptySubsequences: false).map { number($0) }
        guard values.count == 1 || values.count == 3, !values.contains(nil) else {
            throw refusal("\(flag) \(text) is not one number or three with commas between, such as 0.485,0.456,0.406.")
        }
        return values.compactMap { $0 }
    }

    /// Reads a scale: a number, or a fraction such as `1/255`.
    public static func scale(_ text: String) throws(PenstockError) -> Double {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map { number($0) }
        let value = parts.count == 2 ? parts[0].flatMap { top in parts[1].map { top / $0 } } : parts[0]
        guard let value, value.isFinite, value > 0 else {
            throw refusal("--scale \(text) is not a number above 0 or a fraction such as 1/255.")
        }
        return value
    }

    private static func number(_ text: Substring) -> Double? {
        let plain = text.allSatisfy { "0123456789.+-eE".contains($0) }
        return plain ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
    }

    private static func choice<Value: RawRepresentable & CaseIterable>(
        _ text: String,
        _ flag: String
    ) throws(PenstockError) -> Value where Value.RawValue == String {
        if let value = Value(rawValue: text.lowercased()) { return value }
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw refusal("\(flag) \(text) is not known; choose one of \(names).")
    }
}
