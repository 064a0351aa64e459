internal import PenstockCore

/// The `model_info` that OpenVINO's tools leave in the `rt_info` at the end of a model's `.xml`.
struct OpenVINOInfo {
    /// More than any list of labels takes.
    private static let sizeLimit = 16 << 20

    let values: [String: String]
    let file: String

    /// Reads the section, if the model is OpenVINO's own and has one.
    static func read(_ model: ModelFile) -> PartialContract {
        guard model.format == .openvinoIR else { return PartialContract() }
        do throws(PenstockError) {
            guard let text = try section(model.path) else { return PartialContract() }
            return OpenVINOInfo(values: XMLAttributes(text).values, file: "rt_info").partial()
        } catch {
            return .unreadable(error)
        }
    }

    /// The text between the tags, found from the end: layers come first and may fill many megabytes.
    private static func section(_ path: FilePath) throws(PenstockError) -> [UInt8]? {
        let file = try MappedFile(path)
        let tail = max(0, file.count - sizeLimit)..<file.count
        guard let end = file.lastOffset(of: Array("</model_info>".utf8), in: tail) else { return nil }
        guard let start = file.lastOffset(of: Array("<model_info".utf8), in: tail.lowerBound..<end) else {
            throw refusal("\(path) has a model_info of more than \(sizeLimit) bytes.")
        }
        return file.bytes(start..<end)
    }

    /// What the section declares.
    func partial() -> PartialContract {
        var partial = PartialContract()
        partial.labels = labels()
        if isTrue("multilabel") { partial.activation = .value(.sigmoid, from: origin("multilabel")) }
        // Without a type it is some other tool's section, whose silence about the input means nothing.
        guard value("model_type") != nil else { return partial }
        partial.fit = fit()
        partial.filter = .value(.opencvBilinear, from: "the Model API resizes with OpenCV's INTER_LINEAR")
        partial.normalization = normalization()
        partial.colorOrder = colorOrder()
        return partial
    }

    private func origin(_ key: String) -> String { "\(file): model_info/\(key)" }

    private func refused<Value>(_ reason: String) -> Declaration<Value> { .refused("The model's rt_info \(reason)") }

    /// The value of a key; empty counts as absent.
    private func value(_ key: String) -> String? {
        values[key].flatMap { $0.isEmpty || $0 == "None" ? nil : $0 }
    }

    private func isTrue(_ key: String) -> Bool {
        ["true", "yes", "1"].contains(value(key)?.lowercased() ?? "")
    }
}

extension OpenVINOInfo {
    /// Labels with spaces between them, and underscores for the spaces within.
    private func labels() -> Declaration<Labels>? {
        guard let text = value("labels") else { return nil }
        let names = text.split(separator: " ").map { String($0.map { $0 == "_" ? " " : $0 }) }
        return names.isEmpty ? nil : .value(Labels(names), from: origin("labels"))
    }

    private func fit() -> Declaration<Fit> {
        let type = value("resize_type") ?? "standard"
        switch type {
        case "standard": return .value(.stretch, from: origin("resize_type"))
        case "crop": return .value(.cover(), from: origin("resize_type"))
        case "fit_to_window_letterbox":
            guard let pad = UInt8(value("pad_value") ?? "0") else {
                return refused("has a pad_value that is not 0 to 255; say --fit.")
            }
            return .value(.contain(pad: pad), from: origin("resize_type, pad_value"))
        case "fit_to_window":
            return refused(
                "puts the picture in a corner (resize_type fit_to_window), which is not supported; say --fit contain."
            )
        default: return refused("has the unknown resize_type \(type); say --fit.")
        }
    }

    private func normalization() -> Declaration<DeclaredNormalization> {
        guard let mean = channels("mean_values", 0), let deviation = channels("scale_values", 1), !deviation.contains(0)
        else { return refused("has mean_values or scale_values that are not numbers; say --mean, --std and --scale.") }
        guard let scale = intensityScale else {
            return refused("has an intensity_mode that is not known here; say --mean, --std and --scale.")
        }
        let declared = DeclaredNormalization(
            normalization: Normalization(scale: scale, mean: mean, deviation: deviation)
        )
        let isStated = value("mean_values") != nil || value("scale_values") != nil
        let source =
            isStated ? origin("mean_values, scale_values") : "\(file): model_info states no mean_values or scale_values"
        return .value(declared, from: source)
    }

    /// What pixels are multiplied by before the means: nothing, or recent exports' `scale_to_unit`.
    private var intensityScale: Double? {
        switch value("intensity_mode")?.lowercased() {
        case nil, "none": return 1
        case "scale_to_unit":
            let highest = Double(value("intensity_max_value") ?? "255") ?? 0
            return highest > 0 ? 1 / highest : nil
        default: return nil
        }
    }

    private func channels(_ key: String, _ byDefault: Double) -> [Double]? {
        guard let text = value(key) else { return [byDefault, byDefault, byDefault] }
        let numbers = text.split { " ,[]()".contains($0) }.map { Double($0) }
        guard numbers.count == 1 || numbers.count == 3 else { return nil }
        let known = numbers.compactMap { $0 }.filter(\.isFinite)
        guard known.count == numbers.count else { return nil }
        return known.count == 3 ? known : [known[0], known[0], known[0]]
    }

    /// The order of the channels, as far as it can be told.
    ///
    /// `reverse_input_channels` is relative to what the caller has. Its callers read pictures with OpenCV, blue first,
    /// so that `True` means that the model takes RGB. `False` means BGR to them, but the training extensions write it
    /// for RGB models whose callers convert beforehand.
    private func colorOrder() -> Declaration<ColorOrder>? {
        if isTrue("reverse_input_channels") { return .value(.rgb, from: origin("reverse_input_channels")) }
        if value("otx_version") != nil {
            return .value(.rgb, from: "\(file): RGB, as OpenVINO training extensions export")
        }
        guard value("reverse_input_channels") != nil else { return nil }
        return refused(
            "says reverse_input_channels False, which leaves open whether the model takes RGB or BGR; say --color rgb or --color bgr."
        )
    }
}
