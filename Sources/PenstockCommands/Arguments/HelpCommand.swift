/// `penstock help COMMAND`.
enum HelpCommand {
    static func description(of commands: [CommandDescription]) -> CommandDescription {
        CommandDescription(
            name: "help",
            summary: "Show what a command does and its options.",
            description: "Shows what a command does and its options, as 'penstock COMMAND --help' does.",
            operand: OperandDescription(
                "COMMAND",
                help: "The command; all of them when left out.",
                candidates: .words(commands.map(\.name) + [CompletionsCommand.description.name]),
                minimum: 0,
                maximum: 1
            ),
            options: [],
            examples: []
        )
    }

    static func text(
        for arguments: ParsedArguments,
        _ catalog: CommandCatalog,
        _ width: Int
    ) throws(UsageError) -> String {
        guard let word = arguments.operands.first else { return HelpText.overview(catalog.descriptions, width) }
        return HelpText.page(try catalog.description(named: word), width)
    }
}
