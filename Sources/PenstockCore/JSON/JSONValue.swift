/// A JSON document, or a part of one.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The member of an object; `nil` for anything else, and where the object has no such member.
    package subscript(key: String) -> JSONValue? { object?[key] }

    /// The truth value, if this is one.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The number, if this is one.
    package var number: Double? { if case .number(let value) = self { value } else { nil } }

    /// The number, if this is one and is whole.
    package var integer: Int? { number.flatMap { Int(exactly: $0) } }

    /// The text, if this is text.
    package var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The elements, if this is an array.
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The members, if this is an object.
    package var object: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }

    /// Whether this is `null`.
    package var isNull: Bool { self == .null }

    /// The numbers of an array that holds nothing else.
    package var numbers: [Double]? {
        guard let array else { return nil }
        let numbers = array.compactMap(\.number)
        return numbers.count == array.count ? numbers : nil
    }

    /// The texts of an array that holds nothing else.
    package var strings: [String]? {
        guard let array else { return nil }
        let strings = array.compactMap(\.string)
        return strings.count == array.count ? strings : nil
    }
}
