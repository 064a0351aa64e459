internal import Penstock
internal import PenstockCore
internal import PenstockInference

/// Puts a model's inspection in words, or in JSON.
struct ModelReport {
    private let inspection: ModelInspection

    init(_ inspection: ModelInspection) {
        self.inspection = inspection
    }

    func text(_ format: InspectOptions.Format) -> String {
        format == .json ? json : plain
    }

    private var plain: String {
        let tensors =
            inspection.description.inputs.map { ("input", $0) } + inspection.description.outputs.map { ("output", $0) }
        let head = [
            ("model", inspection.model.named.description),
            ("format", inspection.model.format.rawValue),
            ("engine", inspection.engine),
        ]
        let rows = head + tensors.map { kind, tensor in (kind, Self.summary(tensor)) }
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
        var object = JSONObjectText()
        object.add("model", inspection.model.named.description)
        object.add("format", inspection.model.format.rawValue)
        object.add("engine", inspection.engine)
        object.add("inputs", raw: Self.array(inspection.description.inputs))
        object.add("outputs", raw: Self.array(inspection.description.outputs))
        switch inspection.contract {
        case .success(let contract): object.add("contract", raw: Self.array(contract.origins))
        case .failure(let error): object.add("error", error.message)
        }
        return object.text + "\n"
    }

    private static func array(_ tensors: [TensorDescription]) -> String {
        let objects = tensors.map { tensor in
            var object = JSONObjectText()
            object.add("name", tensor.name)
            object.add(
                "shape",
                raw: "[" + tensor.shape.map { $0.map(String.init) ?? "null" }.joined(separator: ",") + "]"
            )
            object.add("type", tensor.elementType)
            return object.text
        }
        return "[" + objects.joined(separator: ",") + "]"
    }

    private static func array(_ origins: [Contract.Origin]) -> String {
        let objects = origins.map { origin in
            var object = JSONObjectText()
            object.add("field", origin.field)
            object.add("value", origin.value)
            object.add("source", origin.source)
            return object.text
        }
        return "[" + objects.joined(separator: ",") + "]"
    }
}
