/// Writes completions for bash.
enum BashCompletions {
    static func script(_ commands: [CommandDescription]) -> String {
        """
        # Completions of penstock for bash. Made by 'penstock completions bash'.

        _penstock_files() {
            compopt -o filenames 2>/dev/null
            local line
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$2")
        }

        _penstock_words() {
            local line
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$1" -- "$2")
        }

        _penstock() {
            local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" command="${COMP_WORDS[1]}"
            # Bash breaks '--option=value' at the sign.
            if [[ $current == '=' ]]; then current=''; elif [[ $previous == '=' ]]; then previous="${COMP_WORDS[COMP_CWORD - 2]}"; fi
            COMPREPLY=()
            if ((COMP_CWORD == 1)); then
                _penstock_words \((commands.map(\.name) + ["--help", "--version"]).joined(separator: " ").shellQuoted) "$current"
                return
            fi
            case "$command" in
        \(commands.map(branch).joined(separator: "\n"))
            esac
        }

        complete -F _penstock penstock

        """
    }

    private static func branch(_ command: CommandDescription) -> String {
        let spellings = command.options.map(\.spelling).joined(separator: " ").shellQuoted
        let values = command.options.filter { $0.value != nil }
        var lines = ["    \(command.name))"]
        if !values.isEmpty {
            lines.append("        case \"$previous\" in")
            lines += values.map { "            \($0.spelling)) \(offer($0.value?.candidates ?? .none)) return ;;" }
            lines.append("        esac")
        }
        lines.append("        if [[ $current == -* ]]; then _penstock_words \(spellings) \"$current\"; return; fi")
        if let operand = command.operand { lines.append("        \(offer(operand.candidates))") }
        lines.append("        ;;")
        return lines.joined(separator: "\n")
    }

    private static func offer(_ candidates: OptionValue.Candidates) -> String {
        switch candidates {
        case .none: ""
        case .files: "_penstock_files -f \"$current\";"
        case .folders: "_penstock_files -d \"$current\";"
        case .words(let words): "_penstock_words \(words.joined(separator: " ").shellQuoted) \"$current\";"
        }
    }
}
