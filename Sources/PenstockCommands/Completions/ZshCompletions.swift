/// Writes completions for zsh.
enum ZshCompletions {
    static func script(_ commands: [CommandDescription]) -> String {
        """
        #compdef penstock
        # Completions of penstock for zsh. Made by 'penstock completions zsh'.

        \(commands.map(function).joined(separator: "\n\n"))

        _penstock() {
            local line state
            _arguments -C '(-)'{-h,--help}'[Show help.]' '(-)'{-V,--version}'[Show the version.]' '1: :->command' '*:: :->rest'
            case "$state" in
            command)
                local -a commands=(
        \(commands.map { "            \("\($0.name):\($0.summary)".shellQuoted)" }.joined(separator: "\n"))
                )
                _describe command commands
                ;;
            rest)
                case "${line[1]}" in
        \(commands.map { "        \($0.name)) _penstock_\($0.name) ;;" }.joined(separator: "\n"))
                esac
                ;;
            esac
        }

        if [[ "${funcstack[1]}" == _penstock ]]; then _penstock "$@"; else compdef _penstock penstock; fi

        """
    }

    private static func function(_ command: CommandDescription) -> String {
        let specifications = command.options.flatMap(specification) + operand(command.operand)
        let lines = specifications.map { "        \($0.shellQuoted)" }
        return "_penstock_\(command.name)() {\n    _arguments -s -S \\\n" + lines.joined(separator: " \\\n") + "\n}"
    }

    private static func specification(_ option: OptionDescription) -> [String] {
        let help = "[\(escaped(option.help, "[]:"))]"
        guard let value = option.value else {
            // Either spelling makes the other superfluous.
            let spellings = [option.spelling] + (option.short.map { ["-\($0)"] } ?? [])
            if option.isRepeatable { return spellings.map { "*\($0)\(help)" } }
            return spellings.map { "(\(spellings.joined(separator: " ")))\($0)\(help)" }
        }
        let repetition = option.isRepeatable ? "*" : ""
        return [
            "\(repetition)\(option.spelling)=\(help):\(escaped(value.placeholder, ":")):\(action(value.candidates))"
        ]
    }

    private static func operand(_ operand: OperandDescription?) -> [String] {
        guard let operand else { return [] }
        let place = operand.maximum == 1 ? "1" : "*"
        return ["\(place):\(escaped(operand.placeholder, ":")):\(action(operand.candidates))"]
    }

    private static func action(_ candidates: OptionValue.Candidates) -> String {
        switch candidates {
        case .none: " "
        case .files: "_files"
        case .folders: "_files -/"
        case .words(let words): "(\(words.joined(separator: " ")))"
        }
    }

    private static func escaped(_ text: String, _ special: String) -> String {
        text.reduce(into: "") { result, character in
            if special.contains(character) || character == "\\" { result.append("\\") }
            result.append(character)
        }
    }
}
