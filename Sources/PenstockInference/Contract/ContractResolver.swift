internal import PenstockCore

/// Puts the fields of a contract together, and writes down where each came from.
struct ContractResolver {
    let sources: ContractSources
    let input: ImageInput
    let output: ClassOutput
    private(set) var origins: [Contract.Origin] = []

    init(sources: ContractSources, input: ImageInput, output: ClassOutput) {
        self.sources = sources
        self.input = input
        self.output = output
    }

    /// The contract.
    mutating func contract() throws(PenstockError) -> Contract {
        let preprocessing = try preprocessing()
        let labels = try labels()
        let activation = try activation()
        let format = try scoreFormat()
        return Contract(
            preprocessing: preprocessing,
            labels: labels,
            activation: activation,
            outputIndex: output.index,
            classCount: output.classCount,
            scoreFormat: format,
            origins: origins
        )
    }

    private mutating func note(_ field: String, _ value: String, _ source: String) {
        origins.append(Contract.Origin(field: field, value: value, source: source))
    }

    private mutating func preprocessing() throws(PenstockError) -> Preprocessing {
        let layout = try layout()
        let size = try size(layout.value)
        let fit = try sources.first(\.fit) ?? .byDefault(.stretch)
        let filter = try sources.first(\.filter) ?? .byDefault(.bilinear)
        let color = try sources.first(\.colorOrder) ?? .byDefault(.rgb)
        let normalization = try normalization(color.value)
        note("size", size.value.description, size.source)
        note("fit", fit.value.summary, fit.source)
        note("filter", filter.value.rawValue, filter.source)
        note("color", color.value.rawValue, color.source)
        note("normalization", normalization.value.summary, normalization.source)
        note("type", input.elementType.rawValue, "the model: input \(input.name)")
        note("layout", layout.value.rawValue, layout.source)
        return Preprocessing(
            size: size.value,
            fit: fit.value,
            filter: filter.value,
            colorOrder: color.value,
            normalization: normalization.value,
            elementType: input.elementType,
            layout: layout.value
        )
    }
}

extension ContractSources.Found {
    /// A value that stands where nothing declares one.
    static func byDefault(_ value: Value) -> Self {
        Self(value: value, source: Contract.Origin.byDefault, isExplicit: false)
    }

    /// A value that the model itself shows.
    static func fromModel(_ value: Value, _ what: String) -> Self {
        Self(value: value, source: "the model: \(what)", isExplicit: false)
    }
}

extension ContractResolver {
    private func layout() throws(PenstockError) -> ContractSources.Found<TensorLayout> {
        if let declared = try sources.first(\.layout) {
            try input.check(declared.value, from: declared.source)
            return declared
        }
        guard let layout = try input.layout() else {
            throw refusal(
                "The shape of the model's input \(input.name) [\(input.shape.text)] does not show where the channels are: "
                    + "say --layout nhwc or --layout nchw, or \"layout\" in penstock.json."
            )
        }
        return .fromModel(layout, "input shape [\(input.shape.text)]")
    }

    private func size(_ layout: TensorLayout) throws(PenstockError) -> ContractSources.Found<ImageSize> {
        let found = try anySize(layout)
        guard found.value.isSensible else {
            throw unsupported("\(found.source) gives a picture of \(found.value), where an edge is from 1 to 65535")
        }
        return found
    }

    private func anySize(_ layout: TensorLayout) throws(PenstockError) -> ContractSources.Found<ImageSize> {
        let (width, height) = input.edges(layout)
        if let declared = try sources.first(\.size) {
            guard width ?? declared.value.width == declared.value.width,
                height ?? declared.value.height == declared.value.height
            else { throw contradiction(declared, width, height) }
            return declared
        }
        guard let width, let height else {
            throw refusal(
                "The model takes pictures of any size (input \(input.name) [\(input.shape.text)]) and nothing declares one: "
                    + "say --size, the size that it was trained with."
            )
        }
        return .fromModel(ImageSize(width: width, height: height), "input shape [\(input.shape.text)]")
    }

    private func contradiction(_ declared: ContractSources.Found<ImageSize>, _ width: Int?, _ height: Int?)
        -> PenstockError
    {
        let edges = [width, height].map { $0.map(String.init) ?? "?" }
        return refusal(
            "\(declared.source) says \(declared.value), but the model takes \(edges[0])×\(edges[1]): "
                + "say --size \(edges[0])x\(edges[1]), or use the model that was exported for \(declared.value)."
        )
    }
}

extension ImageSize {
    /// Whether pictures of this size exist, as far as any format can hold them.
    fileprivate var isSensible: Bool { [width, height].allSatisfy { (1...65_535).contains($0) } }
}

extension ContractResolver {
    private func normalization(_ order: ColorOrder) throws(PenstockError) -> ContractSources.Found<Normalization> {
        if input.elementType == .uint8 { return try bytesNormalization(order) }
        guard let declared = try sources.first(\.normalization) else { throw undeclared }
        return ContractSources.Found(
            value: declared.value.normalization(for: order),
            source: declared.source,
            isExplicit: declared.isExplicit
        )
    }

    /// A model that takes bytes is fed pixels as they are.
    ///
    /// What files declare for it describes what happens inside: TensorFlow Lite's means and deviations, for one, are
    /// what the input's quantisation already stands for, and one `penstock.json` may serve a model's float and quantised
    /// forms. What a flag asks for cannot be done, and is refused.
    private func bytesNormalization(_ order: ColorOrder) throws(PenstockError) -> ContractSources.Found<Normalization> {
        guard let declared = try? sources.first(\.normalization) else { return .fromModel(.none, "it takes bytes") }
        let isIdentity = declared.value.normalization == .none
        guard isIdentity || !declared.isExplicit else {
            throw refusal(
                "\(declared.source) asks for a normalisation, but the model's input takes bytes (uint8), which are fed as they are: "
                    + "leave it out, or use a floating-point model."
            )
        }
        let aside = isIdentity ? "" : "; \(declared.source) describes the inside of the model and is not applied"
        return .fromModel(.none, "it takes bytes\(aside)")
    }

    private var undeclared: PenstockError {
        refusal(
            "Nothing declares how pixels are to be normalised for this model, and a wrong guess would give wrong classes in "
                + "silence. Say --preset inception (pixel ÷ 127.5 − 1), imagenet (÷ 255, mean and deviation), caffe (BGR minus "
                + "mean) or raw (0…255, the model does it inside), or --mean and --std; or write a penstock.json beside the model.",
            .undeclaredPreprocessing
        )
    }
}

extension ContractResolver {
    private mutating func labels() throws(PenstockError) -> Labels? {
        guard let found = try sources.first(\.labels) else {
            note("labels", "none", "nothing names the classes")
            return nil
        }
        let (labels, change) = try found.value.fitted(to: output.classCount, source: found.source)
        note("labels", "\(labels.count) names", found.source + (change.map { "; \($0)" } ?? ""))
        return labels
    }

    private mutating func activation() throws(PenstockError) -> Activation {
        let found = try sources.first(\.activation) ?? .byDefault(.auto)
        guard output.classCount > 1 || found.value == .sigmoid || found.value == .none else {
            throw refusal(
                "The model puts out a single value, whose softmax is always 1: say --activation none if it is a "
                    + "probability, or --activation sigmoid if it is not."
            )
        }
        note("activation", found.value.rawValue, found.source)
        return found.value
    }

    private mutating func scoreFormat() throws(PenstockError) -> ScoreFormat {
        let quantization = try sources.first(\.quantization)
        let format = try output.scoreFormat(quantization?.value)
        note("output", "\(output.name), \(output.classCount) classes, \(output.elementType)", "the model: output shape")
        if let value = format.quantization {
            let byDefault = "default: nothing says what its bytes stand for, so 0 to 255 is taken as 0 to 1"
            note("scores", "(value − \(value.zeroPoint)) × \(value.scale)", quantization?.source ?? byDefault)
        }
        return format
    }
}
