internal import COpenVINO
internal import PenstockCore

/// The numbers by which this release of the library calls the element types.
///
/// The numbers have changed between releases, so they are not written down here: a tiny model that has one input of
/// each type is read, and its inputs are asked.
struct OpenVINOElementTypes: Sendable {
    private var names: [Int32: String] = [:]

    /// The names in the library's own format, of a parameter and of a port, and the one that Penstock uses.
    private static let known: [(short: String, port: String, name: String)] = [
        ("f32", "FP32", "float32"), ("u8", "U8", "uint8"), ("i8", "I8", "int8"), ("f16", "FP16", "float16"),
        ("bf16", "BF16", "bfloat16"), ("f64", "FP64", "float64"), ("i32", "I32", "int32"), ("i64", "I64", "int64"),
        ("boolean", "BOOL", "bool"), ("string", "STRING", "string"),
    ]

    /// Asks the library.
    init(_ library: OpenVINOLibrary, core: OpaquePointer) throws(PenstockError) {
        let functions = library.functions
        var model: OpaquePointer?
        let text = Self.modelText
        // The text is passed with its length and copied by the call; the model is freed below.
        let status = unsafe functions.core_read_model_from_memory_buffer(core, text, text.utf8.count, nil, &model)
        try library.check(status, .engineBroken, at: .configure, "OpenVINO could not read its own format")
        defer { unsafe functions.model_free(model) }
        for (index, type) in Self.known.enumerated() {
            var port: OpaquePointer?
            var number: Int32 = -1
            // Each port is freed in the round that made it.
            guard unsafe functions.model_const_input_by_index(model, index, &port) == 0 else { continue }
            defer { unsafe functions.output_const_port_free(port) }
            if unsafe functions.port_get_element_type(port, &number) == 0 { names[number] = type.name }
        }
    }

    /// Penstock's name of a type.
    func name(of number: Int32) -> String {
        names[number] ?? "type \(number)"
    }

    /// The library's number of a type.
    func number(of type: ElementType) -> Int32? {
        names.first { $0.value == type.rawValue }?.key
    }

    /// A model in OpenVINO's own format: an input and an output of each type, nothing in between.
    private static var modelText: String {
        let layers = known.enumerated().map { index, type in
            """
            <layer id="\(2 * index)" name="p\(index)" type="Parameter" version="opset1">\
            <data shape="1" element_type="\(type.short)"/>\
            <output><port id="0" precision="\(type.port)"><dim>1</dim></port></output></layer>\
            <layer id="\(2 * index + 1)" name="r\(index)" type="Result" version="opset1">\
            <input><port id="0" precision="\(type.port)"><dim>1</dim></port></input></layer>
            """
        }
        let edges = known.indices.map {
            "<edge from-layer=\"\(2 * $0)\" from-port=\"0\" to-layer=\"\(2 * $0 + 1)\" to-port=\"0\"/>"
        }
        return """
            <?xml version="1.0"?><net name="types" version="11"><layers>\(layers.joined())</layers>\
            <edges>\(edges.joined())</edges></net>
            """
    }
}
