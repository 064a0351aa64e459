internal import PenstockCore

/// A value that is written as JSON with its members in the order in which a person wants to read them.
package enum OrderedJSON: Hashable, Sendable {
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number.
    case number(Double)
    /// True or false.
    case flag(Bool)
    /// Nothing known.
    case null
    /// Values in order.
    case array([OrderedJSON])
    /// Named values, in order.
    case object([JSONMember])
}

/// A named value.
package struct JSONMember: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: OrderedJSON

    /// Makes a member.
    package init(_ name: String, _ value: OrderedJSON) {
        self.name = name
        self.value = value
    }
}

extension OrderedJSON {
    /// Appends the value as JSON in one line.
    func append(to output: inout [UInt8]) {
        switch self {
        case .text(let text): output.appendJSON(text)
        case .integer(let number): output.appendJSON(number)
        case .number(let number): output.appendJSON(number)
        case .flag(let flag): output.appendJSON(flag)
        case .null: output += "null".utf8
        case .array(let values): Self.append(values, in: "[", "]", to: &output) { $0.append(to: &$1) }
        case .object(let members): Self.append(members, in: "{", "}", to: &output) { $0.append(to: &$1) }
        }
    }

    /// The value as a line of text, with its end.
    var line: String {
        var output: [UInt8] = []
        append(to: &output)
        return String(decoding: output, as: UTF8.self) + "\n"
    }

    private static func append<Element>(
        _ elements: [Element],
        in opening: String,
        _ closing: String,
        to output: inout [UInt8],
        _ appendElement: (Element, inout [UInt8]) -> Void
    ) {
        output += opening.utf8
        for (place, element) in elements.enumerated() {
            if place > 0 { output += ",".utf8 }
            appendElement(element, &output)
        }
        output += closing.utf8
    }
}

extension OrderedJSON {
    /// A score or a difference of scores: finer than 1e-9 nothing is meant.
    static func shortNumber(_ value: Double) -> OrderedJSON { .number((value * 1e9).rounded() / 1e9) }
}

extension JSONMember {
    fileprivate func append(to output: inout [UInt8]) {
        output.appendJSON(name)
        output += ":".utf8
        value.append(to: &output)
    }
}
