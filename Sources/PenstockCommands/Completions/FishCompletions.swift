/// Writes completions for fish.
enum FishCompletions {
    static func script(_ commands: [CommandDescription]) -> String {
        let names = commands.map(\.name).joined(separator: " ")
        var lines = [
            "# Completions of penstock for fish. Made by 'penstock completions fish'.",
            "",
            "complete -c penstock -f",
        ]
        let first = "-n \("not __fish_seen_subcommand_from \(names)".shellQuoted)"
        lines += commands.map { "complete -c penstock \(first) -a \($0.name) -d \(quoted($0.summary))" }
        lines.append("complete -c penstock \(first) -l help -s h -d 'Show help.'")
        lines.append("complete -c penstock \(first) -l version -s V -d 'Show the version.'")
        for command in commands { lines += [""] + self.lines(command) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ command: CommandDescription) -> [String] {
        let start = "complete -c penstock -n '__fish_seen_subcommand_from \(command.name)'"
        let operand = command.operand.map { "\(start) \(offer($0.candidates))" }
        return [operand].compactMap { $0 } + command.options.map { "\(start) \(option($0))" }
    }

    private static func option(_ option: OptionDescription) -> String {
        let short = option.short.map { " -s \($0)" } ?? ""
        let value = option.value.map { " -r \(offer($0.candidates))" } ?? ""
        return "-l \(option.name)\(short)\(value) -d \(quoted(option.help))"
    }

    private static func offer(_ candidates: OptionValue.Candidates) -> String {
        switch candidates {
        case .none: "-f"
        case .files: "-F"
        case .folders: "-f -a '(__fish_complete_directories)'"
        case .words(let words): "-f -a \(quoted(words.joined(separator: " ")))"
        }
    }

    /// In single quotes, where fish gives a meaning to the backslash and the quote.
    private static func quoted(_ text: String) -> String {
        let escaped = text.reduce(into: "") { result, character in
            if character == "'" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return "'\(escaped)'"
    }
}
