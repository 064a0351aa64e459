/// Writes help from the same descriptions that drive parsing.
package enum HelpText {
    /// The few lines for somebody who typed nothing.
    static func usage(_ commands: [CommandDescription]) -> String {
        let names = commands.map(\.name).joined(separator: "|")
        return "Usage: penstock \(names) …\nSee 'penstock --help'.\n"
    }

    /// `penstock --help`.
    static func overview(_ commands: [CommandDescription], _ width: Int) -> String {
        var page = HelpPage(width: width)
        page.paragraph("Usage: penstock COMMAND …")
        page.paragraph("Feeds images to a vision model as fast as the model can take them.")
        page.section("Commands", commands.map { ($0.name, $0.summary) })
        page.section(
            "Options",
            [("--help, -h", "Show this text."), ("--version, -V", "Show the version.")]
        )
        page.section("Exit codes", exitCodes)
        page.paragraph("'penstock help COMMAND' shows what a command does and its options.")
        return page.text
    }

    /// `penstock help COMMAND`.
    package static func page(_ command: CommandDescription, _ width: Int) -> String {
        var page = HelpPage(width: width)
        page.paragraph(synopsis(command))
        page.paragraph(command.description)
        if let operand = command.operand { page.section("Arguments", [(operand.placeholder, operand.help)]) }
        for section in OptionSection.allCases {
            page.section(section.rawValue, command.options.filter { $0.section == section }.map(entry))
        }
        page.examples(command.examples)
        return page.text
    }

    private static func synopsis(_ command: CommandDescription) -> String {
        var words = ["Usage: penstock", command.name]
        if let operand = command.operand {
            words.append(operand.minimum == 0 ? "[\(operand.placeholder)]" : operand.placeholder)
        }
        words += command.options.filter(\.isRequired).map { "\($0.spelling) \($0.value?.placeholder ?? "")" }
        if command.options.count > 1 { words.append("[options]") }
        return words.joined(separator: " ")
    }

    private static func entry(_ option: OptionDescription) -> (String, String) {
        let short = option.short.map { ", -\($0)" } ?? ""
        let value = option.value.map { " \($0.placeholder)" } ?? ""
        let fallback = option.defaultText.map { " Default: \($0)." } ?? ""
        let demand = option.isRequired ? " Required." : ""
        return (option.spelling + short + value, option.help + demand + fallback)
    }

    private static let exitCodes = [
        ("0", "All done."),
        ("1", "Finished, and some items failed."),
        ("2", "The command line could not be understood."),
        ("3", "The work could not start or could not go on."),
        ("130", "Interrupted; what was finished is on disk."),
    ]
}
