internal import Penstock
internal import PenstockCore
internal import PenstockInference

/// Puts a model's inspection in words, or in JSON.
struct ModelReport {
    private let inspection: ModelInspection
    /// The arithmetic that would be used unless `--precision` says otherwise.
    private let precision: Precision

    init(_ inspection: ModelInspection) {
        self.inspection = inspection
        precision = Precision.auto.settled(for: inspection.description, inspection.model.format)
    }

    func text(_ format: ReportFormat) -> String {
        format == .json ? json : plain
    }

    private var plain: String {
        let tensors =
            inspection.description.inputs.map { ("input", $0) } + inspection.description.outputs.map { ("output", $0) }
        let head = [
            ("model", inspection.model.named.description),
            ("format", inspection.model.format.rawValue),
            ("engine", inspection.engine),
            ("precision", precision == .auto ? "auto: what the engine chooses here" : precision.rawValue),
        ]
        let notes = inspection.notes.map { ("note", $0) }
        let rows = head + notes + tensors.map { kind, tensor in (kind, Self.summary(tensor)) }
        return Columns.text(rows.map { [VisibleText.escaped($0.0), VisibleText.escaped($0.1)] }) + "\n" + contract
    }

    private var contract: String {
        switch inspection.contract {
        case .failure(let error):
            return "This model cannot be used yet. \(VisibleText.escaped(error.message))\n"
        case .success(let contract):
            let rows = contract.origins.map { [$0.field, $0.value, $0.source].map(VisibleText.escaped) }
            return Columns.text([["contract", "value", "from"]] + rows)
        }
    }

    private static func summary(_ tensor: TensorDescription) -> String {
        let shape = tensor.shape.map { $0.map(String.init) ?? "?" }.joined(separator: "×")
        return "\(tensor.name.isEmpty ? "(unnamed)" : tensor.name)  \(shape)  \(tensor.elementType)"
    }
}

extension ModelReport {
    private var json: String {
        let members = [
            JSONMember("model", .text(inspection.model.named.description)),
            JSONMember("format", .text(inspection.model.format.rawValue)),
            JSONMember("engine", .text(inspection.engine)),
            JSONMember("precision", .text(precision.rawValue)),
            JSONMember("notes", .array(inspection.notes.map { .text($0) })),
            JSONMember("inputs", .array(inspection.description.inputs.map(Self.value))),
            JSONMember("outputs", .array(inspection.description.outputs.map(Self.value))),
        ]
        return OrderedJSON.object(members + [contractMember]).line
    }

    private var contractMember: JSONMember {
        switch inspection.contract {
        case .success(let contract): JSONMember("contract", .array(contract.origins.map(Self.value)))
        case .failure(let error): JSONMember("error", .text(error.message))
        }
    }

    private static func value(_ tensor: TensorDescription) -> OrderedJSON {
        .object([
            JSONMember("name", .text(tensor.name)),
            JSONMember("shape", .array(tensor.shape.map { $0.map { .integer($0) } ?? .null })),
            JSONMember("type", .text(tensor.elementType)),
        ])
    }

    private static func value(_ origin: Contract.Origin) -> OrderedJSON {
        .object([
            JSONMember("field", .text(origin.field)),
            JSONMember("value", .text(origin.value)),
            JSONMember("source", .text(origin.source)),
        ])
    }
}
