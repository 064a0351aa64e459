internal import PenstockCore

/// Hugging Face's `preprocessor_config.json`.
struct HuggingFaceProcessor {
    let json: JSONValue
    let file: String
    /// What is known of the type; `nil` for one that is not, which is then taken at its file's word alone.
    let type: HuggingFaceType?
    let typeName: String

    /// Reads the file, if there is one.
    ///
    /// - Parameter model: `config.json`, which names the model where the processor is not named.
    static func read(_ surroundings: ModelSurroundings, model: JSONValue?) -> PartialContract {
        do throws(PenstockError) {
            guard let (json, path) = try surroundings.object("preprocessor_config.json") else {
                return PartialContract()
            }
            if let timm = json["pretrained_cfg"] {
                return TimmConfig(json: timm, file: path.name, shape: nil).partial()
            }
            return HuggingFaceProcessor(json, file: path.name, model: model?["model_type"]?.string).partial()
        } catch {
            return .unreadable(error)
        }
    }

    init(_ json: JSONValue, file: String, model: String?) {
        let name = json["image_processor_type"]?.string ?? json["feature_extractor_type"]?.string
        self.json = json
        self.file = file
        type = HuggingFaceType(processor: name, model: model)
        typeName = name ?? model ?? "an image processor without a type"
    }

    /// What the file declares.
    func partial() -> PartialContract {
        var partial = geometry()
        partial.filter = filter()
        partial.normalization = normalization()
        let flips = json["do_flip_channel_order"]?.bool ?? type?.flipsChannels ?? false
        partial.colorOrder = .value(
            flips ? .bgr : .rgb,
            from: flips ? origin("do_flip_channel_order") : "\(file): RGB, as \(typeName) is"
        )
        return partial
    }

    func origin(_ key: String) -> String { "\(file): \(key)" }

    func refused<Value>(_ reason: String) -> Declaration<Value> {
        .refused("\(file) (\(typeName)) \(reason)")
    }

    /// Pillow's numbers for its filters.
    private static let filters: [ResamplingFilter] = [.nearest, .lanczos, .bilinear, .bicubic, .box, .hamming]

    private func filter() -> Declaration<ResamplingFilter>? {
        guard let value = json["resample"], !value.isNull else {
            return type.map { .value($0.filter, from: "the default of \(typeName)") }
        }
        guard let number = value.integer, Self.filters.indices.contains(number) else {
            return refused("has a resample that is not 0 to 5; say --resample.")
        }
        return .value(Self.filters[number], from: origin("resample"))
    }
}
