internal import PenstockCore

/// `penstock completions SHELL`.
enum CompletionsCommand {
    static let description = CommandDescription(
        name: "completions",
        summary: "Print a script that completes commands and options in a shell.",
        description: "Prints a script that completes commands, options, their values and file names. It is made from "
            + "the same descriptions as this help.",
        operand: OperandDescription(
            "SHELL",
            help: "\(CompletionShell.allCases.map(\.rawValue).listed).",
            candidates: .words(CompletionShell.allCases.map(\.rawValue)),
            minimum: 1,
            maximum: 1
        ),
        options: [],
        examples: [
            CommandExample(
                "completions bash > ~/.local/share/bash-completion/completions/penstock",
                "for bash (make the folder first where it is missing)"
            ),
            CommandExample("completions zsh > ~/.zsh/_penstock", "for zsh, where ~/.zsh is in $fpath before compinit"),
            CommandExample("completions fish > ~/.config/fish/completions/penstock.fish", "for fish"),
        ]
    )

    static func script(
        for arguments: ParsedArguments,
        _ commands: [CommandDescription]
    ) throws(UsageError) -> String {
        let word = arguments.operands[0].text
        guard let shell = CompletionShell(rawValue: word) else {
            let names = CompletionShell.allCases.map(\.rawValue)
            throw UsageError("SHELL is \(names.listed), not \(word.quoted).\(NearestName.hint(word, among: names))")
        }
        return shell.script(commands)
    }
}

/// A shell that completions can be made for.
package enum CompletionShell: String, Hashable, Sendable, CaseIterable {
    /// GNU Bash.
    case bash
    /// The Z shell.
    case zsh
    /// The friendly interactive shell.
    case fish

    /// The script to load.
    package func script(_ commands: [CommandDescription]) -> String {
        switch self {
        case .bash: BashCompletions.script(commands)
        case .zsh: ZshCompletions.script(commands)
        case .fish: FishCompletions.script(commands)
        }
    }
}

extension String {
    /// The text in single quotes for a POSIX shell, where nothing but the quote itself is special.
    var shellQuoted: String {
        "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
