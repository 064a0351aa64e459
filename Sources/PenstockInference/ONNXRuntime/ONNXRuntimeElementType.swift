/// A type of values, by the number that ONNX itself gives it.
struct ONNXRuntimeElementType: Hashable, Sendable {
    /// The number.
    let number: Int32

    /// The names that Penstock uses, in the order of ONNX's numbers from 1 on.
    private static let names = [
        "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64",
        "uint32", "uint64", "complex64", "complex128", "bfloat16",
    ]

    /// Takes a number as the library reports it.
    init(_ number: Int32) {
        self.number = number
    }

    /// Finds a type by Penstock's name.
    init?(named name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        number = Int32(index) + 1
    }

    /// Penstock's name.
    var name: String {
        let index = Int(number) - 1
        return Self.names.indices.contains(index) ? Self.names[index] : "type \(number)"
    }

    /// The bytes that a value takes, for the types that scores are held in; `nil` for all others.
    var byteCount: Int? {
        switch name {
        case "float32": 4
        case "uint8", "int8": 1
        default: nil
        }
    }
}
