internal import PenstockCore

/// Takes a command line apart by a command's description.
///
/// It reads `--name value`, `--name=value`, `-n`, `--` before operands that begin with a dash, and `-` by itself as an
/// operand. Options and operands may be mixed.
package struct ArgumentParser {
    private let command: CommandDescription

    /// Makes a parser for a command.
    package init(_ command: CommandDescription) {
        self.command = command
    }

    /// Parses everything after the command's name.
    ///
    /// - Throws: When an option does not exist, lacks its value, has one that is not among its words or is given twice,
    ///   when one is missing that the command cannot do without, or when there are too few operands or too many.
    package func parse(_ arguments: [Argument]) throws(UsageError) -> ParsedArguments {
        var parsed = ParsedArguments(options: command.options)
        var cursor = ArgumentCursor(arguments)
        while let argument = cursor.next() {
            if argument == "--" {
                while let operand = cursor.next() { parsed.operands.append(operand) }
            } else if argument.looksLikeOption {
                try parseOption(argument, from: &cursor, into: &parsed)
            } else {
                parsed.operands.append(argument)
            }
        }
        try checkOperands(parsed.operands)
        try checkRequired(parsed)
        return parsed
    }

    /// Whether `--help` or `-h` stands where an option may stand.
    package func asksForHelp(_ arguments: [Argument]) -> Bool {
        arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    }

    private func parseOption(
        _ argument: Argument,
        from cursor: inout ArgumentCursor,
        into parsed: inout ParsedArguments
    ) throws(UsageError) {
        let (spelling, attached) = argument.splitAtEquals
        let option = try option(spelled: spelling)
        guard let value = option.value else {
            guard attached == nil else { throw UsageError("\(option.spelling) takes no value.") }
            return parsed.set(flag: option.name)
        }
        let given = if let attached { attached } else { try self.value(of: option, from: &cursor) }
        try check(given, of: option, value)
        try parsed.set(option.name, to: given)
    }

    private func value(of option: OptionDescription, from cursor: inout ArgumentCursor) throws(UsageError) -> Argument {
        // A word that begins with two dashes is the next option and not a value: `--model --top 3` lacks its model.
        guard let next = cursor.peek, !next.bytes.starts(with: [0x2D, 0x2D]) else {
            throw UsageError("\(option.spelling) needs a value: \(option.spelling) \(option.value?.placeholder ?? "").")
        }
        return cursor.next() ?? next
    }

    private func check(_ given: Argument, of option: OptionDescription, _ value: OptionValue) throws(UsageError) {
        guard value.isClosed, !value.words.contains(given.text) else { return }
        let hint = NearestName.hint(given.text, among: value.words)
        throw UsageError("\(option.spelling) is \(value.words.listed), not \(given.text.quoted).\(hint)")
    }

    private func option(spelled spelling: String) throws(UsageError) -> OptionDescription {
        let name = spelling.hasPrefix("--") ? String(spelling.dropFirst(2)) : nil
        let match = command.options.first { option in
            name.map { $0 == option.name } ?? (option.short.map { "-\($0)" } == spelling)
        }
        if let match { return match }
        let bare = name ?? String(spelling.dropFirst())
        let hint = NearestName.hint(bare, among: command.options.map(\.name), prefix: "--")
        throw UsageError("\(spelling.quoted) is not an option of 'penstock \(command.name)'.\(hint)")
    }

    private func checkRequired(_ parsed: ParsedArguments) throws(UsageError) {
        guard let missing = command.options.first(where: { $0.isRequired && parsed.argument($0.name) == nil }) else {
            return
        }
        throw UsageError("\(missing.spelling) \(missing.value?.placeholder ?? "") is required.")
    }

    private func checkOperands(_ operands: [Argument]) throws(UsageError) {
        guard let description = command.operand else {
            guard let first = operands.first else { return }
            throw UsageError("'penstock \(command.name)' takes options only, not \(first.text.quoted).")
        }
        if operands.count < description.minimum {
            throw UsageError("'penstock \(command.name)' needs \(description.placeholder).")
        }
        if let maximum = description.maximum, operands.count > maximum {
            throw UsageError("'penstock \(command.name)' has no use for \(operands[maximum].text.quoted).")
        }
    }
}

extension Argument {
    /// Whether it begins with a dash and is more than that dash.
    var looksLikeOption: Bool { bytes.count > 1 && bytes[0] == UInt8(ascii: "-") }

    /// The part before the first `=` of a long option, and the part after it.
    var splitAtEquals: (spelling: String, value: Argument?) {
        guard bytes.starts(with: [0x2D, 0x2D]), let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
            return (text, nil)
        }
        let value = Argument(bytes: Array(bytes[(equals + 1)...]))
        return (String(decoding: bytes[..<equals], as: UTF8.self), value)
    }
}

extension [String] {
    /// `a, b or c`.
    var listed: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + self[count - 1]
    }
}
