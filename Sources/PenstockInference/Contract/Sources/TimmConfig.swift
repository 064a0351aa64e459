internal import PenstockCore

/// timm's `pretrained_cfg`, in a `config.json` or by itself.
struct TimmConfig {
    let json: JSONValue
    let file: String
    /// The size of the model's own input: `test_input_size` applies where it is that one.
    let shape: ImageSize?

    /// The configuration in a `config.json`, if it is timm's: files of old releases have its keys at the top.
    init?(config json: JSONValue, file: String, shape: ImageSize?) {
        let inner = json["pretrained_cfg"] ?? json
        guard inner["input_size"] != nil || inner["crop_pct"] != nil, inner.object != nil else { return nil }
        self.init(json: inner, file: file, shape: shape)
    }

    init(json: JSONValue, file: String, shape: ImageSize?) {
        self.json = json
        self.file = file
        self.shape = shape
    }

    /// What the configuration declares; what it leaves out has timm's defaults.
    func partial() -> PartialContract {
        var partial = PartialContract()
        guard let size = size() else {
            partial.size = refused("has an input_size that is not [3, height, width]")
            partial.fit = refused("has an input_size that is not [3, height, width]")
            return partial
        }
        partial.size = .value(size, from: origin(isTestSize ? "test_input_size" : "input_size"))
        partial.fit = fit(size)
        partial.filter = filter()
        partial.colorOrder = .value(.rgb, from: "\(file): RGB, as timm is")
        partial.normalization = normalization()
        return partial
    }

    private func origin(_ key: String) -> String { "\(file): \(key)" }

    private func refused<Value>(_ reason: String) -> Declaration<Value> {
        .refused("\(file) (timm) \(reason); say it with flags.")
    }
}

extension TimmConfig {
    /// Whether the model was exported for the size that timm tests it with.
    private var isTestSize: Bool { shape != nil && shape == Self.size(json["test_input_size"]) }

    private func size() -> ImageSize? { Self.size(json[isTestSize ? "test_input_size" : "input_size"]) }

    private static func size(_ value: JSONValue?) -> ImageSize? {
        guard let numbers = value?.numbers, numbers.count == 3, numbers[0] == 3 else { return nil }
        guard let height = Int(exactly: numbers[1]), let width = Int(exactly: numbers[2]) else { return nil }
        let isSensible = (1...65_535).contains(height) && (1...65_535).contains(width)
        return isSensible ? ImageSize(width: width, height: height) : nil
    }

    /// The part of the edge that is kept; timm's default is 0.875.
    private var fraction: (value: Double, key: String) {
        if isTestSize, let value = json["test_crop_pct"]?.number { return (value, "test_crop_pct") }
        return (json["crop_pct"]?.number ?? 0.875, "crop_pct")
    }

    private func fit(_ size: ImageSize) -> Declaration<Fit> {
        let (fraction, key) = fraction
        guard fraction > 0, fraction <= 1 else { return refused("has a \(key) of \(fraction)") }
        let mode = json["crop_mode"]?.string ?? "center"
        switch mode {
        case "center":
            guard size.width == size.height else { return refused("crops to \(size), which is not square") }
            return .value(.cover(cropFraction: fraction, rounding: .halfToEven), from: origin("\(key), crop_mode"))
        case "squash":
            guard fraction == 1 else { return refused("squashes and then crops (crop_pct \(fraction))") }
            return .value(.stretch, from: origin("crop_mode"))
        case "border": return border(fraction)
        default: return refused("has the unknown crop_mode \(mode)")
        }
    }

    /// timm fills the border with the mean colour; a contract has one grey for all channels.
    private func border(_ fraction: Double) -> Declaration<Fit> {
        let fill = channels("mean", [0.485, 0.456, 0.406])?.map { ($0 * 255).rounded(.toNearestOrEven) } ?? []
        guard fraction == 1, Set(fill).count == 1, let pad = UInt8(exactly: fill[0]) else {
            return refused("draws a coloured border and crops it")
        }
        return .value(.contain(pad: pad), from: origin("crop_mode"))
    }

    private func filter() -> Declaration<ResamplingFilter> {
        guard let name = json["interpolation"]?.string else { return .value(.bilinear, from: "timm's default") }
        // timm draws one of several in training and takes the bilinear in use.
        let wanted = name == "random" ? "bilinear" : name
        guard let filter = ResamplingFilter(rawValue: wanted), filter != .opencvBilinear else {
            return refused("has the unknown interpolation \(name)")
        }
        return .value(filter, from: origin("interpolation"))
    }

    private func normalization() -> Declaration<DeclaredNormalization> {
        guard let mean = channels("mean", [0.485, 0.456, 0.406]),
            let deviation = channels("std", [0.229, 0.224, 0.225]), !deviation.contains(0)
        else { return refused("has means or deviations that are not three numbers") }
        let normalization = Normalization(scale: 1.0 / 255, mean: mean, deviation: deviation)
        return .value(DeclaredNormalization(normalization: normalization, order: .rgb), from: origin("mean, std"))
    }

    private func channels(_ key: String, _ byDefault: [Double]) -> [Double]? {
        guard let value = json[key], !value.isNull else { return byDefault }
        guard let numbers = value.numbers, numbers.count == 1 || numbers.count == 3 else { return nil }
        return numbers.count == 3 ? numbers : [numbers[0], numbers[0], numbers[0]]
    }
}

extension TimmConfig {
    /// The labels in a `config.json`: `label_names` at the top, or within `pretrained_cfg`.
    static func labels(config json: JSONValue, file: String) -> Declaration<Labels>? {
        let found = [json["label_names"], json["pretrained_cfg"]?["label_names"]].compactMap { $0 }
        guard let names = found.first(where: { !$0.isNull }) else { return nil }
        guard let strings = names.strings, !strings.isEmpty else {
            return .refused("\(file): label_names are not text.")
        }
        return .value(Labels(strings), from: "\(file): label_names")
    }
}
