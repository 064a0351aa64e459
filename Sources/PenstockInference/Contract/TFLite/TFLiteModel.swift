internal import PenstockCore

/// What a TensorFlow Lite file says of its tensors, and the metadata that it may carry.
///
/// The numbers are those of the public schemas of TensorFlow Lite and of its metadata.
struct TFLiteModel {
    /// An input or an output.
    struct Tensor {
        var name: String
        var quantization: Quantization?
        /// What the metadata says of it.
        var metadata: TFLiteMetadata?
    }

    let inputs: [Tensor]
    let outputs: [Tensor]

    /// Reads a file.
    init(_ file: MappedFile) throws(PenstockError) {
        guard file.bytes(4..<8) == Array("TFL3".utf8) else {
            throw PenstockError(.corrupt, at: .configure, "The file is not a TensorFlow Lite model.")
        }
        let model = try FlatTable(rootOf: file)
        let metadata = try Self.metadata(model)?.table(0, of: 3)
        guard let graph = try model.table(0, of: 2) else { throw FlatTable.damaged }
        inputs = try Self.tensors(graph, places: 1, try metadata?.tables(2) ?? [])
        outputs = try Self.tensors(graph, places: 2, try metadata?.tables(3) ?? [])
    }

    /// The metadata flatbuffer, in the buffer that an entry of that name points to.
    private static func metadata(_ model: FlatTable) throws(PenstockError) -> FlatTable? {
        for entry in try model.tables(6) where try entry.string(0) == "TFLITE_METADATA" {
            let index = Int(try entry.integer(1, as: UInt32.self) ?? 0)
            return try model.table(index, of: 4)?.nested(0)
        }
        return nil
    }

    private static func tensors(
        _ graph: FlatTable,
        places field: Int,
        _ metadata: [FlatTable]
    ) throws(PenstockError) -> [Tensor] {
        var tensors: [Tensor] = []
        for (index, place) in try graph.integers(field, as: Int32.self).enumerated() {
            guard let tensor = try graph.table(Int(place), of: 0) else { throw FlatTable.damaged }
            let described = metadata.indices.contains(index) ? try TFLiteMetadata(metadata[index]) : nil
            let name = try tensor.string(3) ?? ""
            tensors.append(Tensor(name: name, quantization: try quantization(tensor), metadata: described))
        }
        return tensors
    }

    /// The scale and zero point of a tensor that has one of each.
    private static func quantization(_ tensor: FlatTable) throws(PenstockError) -> Quantization? {
        guard let table = try tensor.table(4) else { return nil }
        let (scales, zeros) = (try table.floats(2), try table.integers(3, as: Int64.self))
        guard scales.count == 1, zeros.count <= 1, scales[0].isFinite, scales[0] > 0 else { return nil }
        let zero = zeros.first ?? 0
        return (-255...255).contains(zero) ? Quantization(scale: Double(scales[0]), zeroPoint: Int(zero)) : nil
    }
}
