/// The numbers by which TensorFlow's files and its library call the element types. They are part of its file formats and
/// do not change.
enum TensorFlowElementTypes {
    private static let names: [Int64: String] = [
        1: "float32", 2: "float64", 3: "int32", 4: "uint8", 5: "int16", 6: "int8", 7: "string", 8: "complex64",
        9: "int64", 10: "bool", 11: "qint8", 12: "quint8", 13: "qint32", 14: "bfloat16", 15: "qint16", 16: "quint16",
        17: "uint16", 18: "complex128", 19: "float16", 20: "resource", 21: "variant", 22: "uint32", 23: "uint64",
    ]

    /// From here on, numbers mean a reference to a value of a type, as graphs of TensorFlow 1 hold them.
    private static let references: Int64 = 100

    /// Penstock's name of a type.
    static func name(of number: Int64) -> String {
        names[number > references ? number - references : number] ?? "type \(number)"
    }

    /// TensorFlow's number of a type.
    static func number(of name: String) -> Int32? {
        names.first { $0.value == name }.map { Int32($0.key) }
    }
}
