/// A value of a summary.
package enum SummaryValue: Hashable, Sendable {
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
    /// Named values, in order.
    case object([SummaryMember])
}

/// A named value.
package struct SummaryMember: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: SummaryValue

    /// Makes a member.
    package init(_ name: String, _ value: SummaryValue) {
        self.name = name
        self.value = value
    }
}

extension SummaryValue {
    /// Appends the value as JSON in one line.
    func append(to output: inout [UInt8]) {
        switch self {
        case .text(let text): JSONText.append(string: text, to: &output)
        case .integer(let number): JSONText.append(number, to: &output)
        case .number(let number): JSONText.append(number, to: &output)
        case .flag(let flag): JSONText.append(raw: flag ? "true" : "false", to: &output)
        case .null: JSONText.append(raw: "null", to: &output)
        case .object(let members): Self.append(members, to: &output)
        }
    }

    private static func append(_ members: [SummaryMember], to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (place, member) in members.enumerated() {
            if place > 0 { output.append(UInt8(ascii: ",")) }
            JSONText.append(string: member.name, to: &output)
            output.append(UInt8(ascii: ":"))
            member.value.append(to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }
}
