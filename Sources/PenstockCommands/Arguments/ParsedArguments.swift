package import PenstockCore

/// A command line, taken apart by its command's description and not yet interpreted.
package struct ParsedArguments: Sendable {
    /// What stands without dashes, in order.
    package internal(set) var operands: [Argument] = []

    /// The options that may be given several times, in the order in which they stand among all.
    package private(set) var occurrences: [OptionOccurrence] = []

    private var values: [String: Argument] = [:]
    private var flags: Set<String> = []
    private let descriptions: [String: OptionDescription]

    init(options: [OptionDescription]) {
        descriptions = Dictionary(uniqueKeysWithValues: options.map { ($0.name, $0) })
    }
}

extension ParsedArguments {
    /// Whether a flag was given.
    ///
    /// - Precondition: The command describes such a flag.
    package func has(_ flag: String) -> Bool {
        precondition(descriptions[flag]?.value == nil && descriptions[flag] != nil, "--\(flag) is not a described flag")
        return flags.contains(flag)
    }

    /// The value that was given for an option, as it stands; the last one where there may be several.
    ///
    /// - Precondition: The command describes such an option.
    package func argument(_ name: String) -> Argument? {
        precondition(descriptions[name]?.value != nil, "--\(name) is not a described option with a value")
        return values[name]
    }

    /// The value as text.
    package func text(_ name: String) -> String? { argument(name)?.text }

    /// The value as a path, every byte kept.
    package func path(_ name: String) -> FilePath? { argument(name)?.path }

    /// The value of an option that the command cannot do without, as a path.
    ///
    /// - Precondition: The command describes the option as required, and so the parser has seen to it.
    package func requiredPath(_ name: String) -> FilePath {
        guard let path = path(name) else { preconditionFailure("--\(name) is not described as required") }
        return path
    }

    /// The inputs as paths, every byte kept.
    package var paths: [FilePath] { operands.map(\.path) }
}

extension ParsedArguments {
    mutating func set(flag: String) {
        flags.insert(flag)
        if isRepeatable(flag) { occurrences.append(OptionOccurrence(name: flag, value: nil)) }
    }

    mutating func set(_ name: String, to value: Argument) throws(UsageError) {
        if isRepeatable(name) {
            occurrences.append(OptionOccurrence(name: name, value: value))
        } else if let earlier = values[name] {
            throw UsageError("--\(name) is given twice: \(earlier.text.quoted), then \(value.text.quoted).")
        }
        values[name] = value
    }

    private func isRepeatable(_ name: String) -> Bool { descriptions[name]?.isRepeatable ?? false }
}

/// One of the times that an option was given.
package struct OptionOccurrence: Hashable, Sendable {
    /// The option's name without its dashes.
    package let name: String
    /// What followed it; `nil` for a flag.
    package let value: Argument?
}

extension String {
    /// The text between quotation marks, safe to print, for use in a message.
    var quoted: String { "'\(VisibleText.escaped(self))'" }
}
