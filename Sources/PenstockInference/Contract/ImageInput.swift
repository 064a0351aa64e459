internal import PenstockCore

/// What the model itself says of its input: one colour picture, of a known size or of any.
struct ImageInput: Hashable, Sendable {
    let name: String
    let elementType: ElementType
    let shape: [Int?]

    /// Finds the picture among the model's inputs.
    ///
    /// - Parameter wanted: The name that the input must have; `nil` takes the only one.
    /// - Throws: When the model does not take exactly one picture of three channels.
    init(_ description: ModelDescription, of file: ModelFile, named wanted: String? = nil) throws(PenstockError) {
        if let wanted { try description.inputs.require(wanted, "input", option: "--input-tensor") }
        guard description.inputs.count == 1, let input = description.inputs.first else {
            let inputs = description.inputs.map(\.summary).joined(separator: ", ")
            throw unsupported(
                description.inputs.isEmpty
                    ? "it has no input"
                    : "it has \(description.inputs.count) inputs (\(inputs)) and pictures can fill only one"
            )
        }
        guard let elementType = ElementType(rawValue: input.elementType) else { throw Self.wrongType(input, file) }
        guard input.shape.count == 4 else {
            throw unsupported(
                "its input \(input.summary) has \(input.shape.count) dimensions, where a batch of pictures has four"
            )
        }
        name = input.name
        shape = input.shape
        self.elementType = elementType
    }

    private static func wrongType(_ input: TensorDescription, _ file: ModelFile) -> PenstockError {
        let advice =
            switch input.elementType {
            case "string": "; if it decodes pictures by itself, \(file.wayAroundDecoder)"
            case "float16", "bfloat16": "; export it with a float32 input (its weights may stay as they are)"
            default: ""
            }
        return unsupported(
            "its input \(input.summary) takes \(input.elementType), where float32 and uint8 can be fed\(advice)"
        )
    }
}

extension ImageInput {
    /// The layout that the shape shows, or `nil` where it leaves both open.
    ///
    /// - Throws: When no dimension can be the three channels.
    func layout() throws(PenstockError) -> TensorLayout? {
        let (first, last) = (shape[1], shape[3])
        switch (first == 3, last == 3) {
        case (true, false): return .nchw
        case (false, true): return .nhwc
        case (true, true): return nil
        case (false, false):
            guard first == nil || last == nil else { throw wrongChannels(first, last) }
            return nil
        }
    }

    /// The size that the shape shows; either edge may be open.
    func edges(_ layout: TensorLayout) -> (width: Int?, height: Int?) {
        layout == .nhwc ? (shape[2], shape[1]) : (shape[3], shape[2])
    }

    /// The size, where the shape fixes both edges and shows the layout.
    var fixedSize: ImageSize? {
        guard let layout = try? layout(), case (.some(let width), .some(let height)) = edges(layout) else { return nil }
        return ImageSize(width: width, height: height)
    }

    /// Checks that a declared layout puts three channels where the shape allows them.
    func check(_ layout: TensorLayout, from source: String) throws(PenstockError) {
        let channels = layout == .nhwc ? shape[3] : shape[1]
        guard channels == nil || channels == 3 else {
            throw refusal(
                "\(source) says \(layout.rawValue), but that puts \(channels ?? 0) channels into the model's input [\(shape.text)]."
            )
        }
    }

    private func wrongChannels(_ first: Int?, _ last: Int?) -> PenstockError {
        if first == 1 || last == 1 {
            return unsupported("its input \(name) [\(shape.text)] takes grey pictures, and those are not supported yet")
        }
        return unsupported("its input \(name) [\(shape.text)] has no dimension of three colour channels")
    }
}

/// The refusal of a model that is no classifier of colour pictures.
func unsupported(_ reason: String) -> PenstockError {
    refusal("This model cannot classify pictures: \(reason).", .unsupportedModel)
}

extension TensorDescription {
    /// The name and the shape, for messages.
    var summary: String { "\(name.isEmpty ? "(unnamed)" : name) [\(shape.text)]" }
}

extension [Int?] {
    /// The lengths with commas between, `?` where one is open.
    var text: String { map { $0.map(String.init) ?? "?" }.joined(separator: ",") }
}
