/// Something that `penstock` does: it is made from a command line, then run.
package protocol Command: Sendable {
    /// The word that calls it.
    static var name: String { get }
    /// What it does, in a few words.
    static var summary: String { get }
    /// What it does, in a few sentences.
    static var description: String { get }
    /// What stands without dashes; `nil` when the command takes options only.
    static var operand: OperandDescription? { get }
    /// Every option, in the order of the help.
    static var options: [OptionDescription] { get }
    /// Command lines worth copying.
    static var examples: [CommandExample] { get }

    /// Interprets a command line.
    ///
    /// - Throws: When it cannot be understood.
    init(parsing arguments: ParsedArguments) throws(UsageError)

    /// Does the work.
    func run(in environment: CommandEnvironment) async -> ExitCode
}

/// A command line worth copying, and what it does.
package struct CommandExample: Hashable, Sendable {
    /// The words after `penstock`.
    package let line: String
    /// What it does.
    package let purpose: String

    /// Makes an example.
    package init(_ line: String, _ purpose: String) {
        self.line = line
        self.purpose = purpose
    }
}

/// How a command ended, as the system is told.
package enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
    /// All that was asked for is done.
    case success = 0
    /// The job ended, and some items failed.
    case someFailed = 1
    /// The command line could not be understood.
    case usage = 2
    /// The work could not start or could not go on.
    case couldNotStart = 3
    /// Somebody stopped it; what was finished is on disk.
    case interrupted = 130
}

/// All that is said of a command, apart from the code that runs it: help and completions need no more.
package struct CommandDescription: Hashable, Sendable {
    /// The word that calls it.
    package let name: String
    /// What it does, in a few words.
    package let summary: String
    /// What it does, in a few sentences.
    package let description: String
    /// What stands without dashes.
    package let operand: OperandDescription?
    /// Every option, `--help` included.
    package let options: [OptionDescription]
    /// Command lines worth copying.
    package let examples: [CommandExample]

    init(
        name: String,
        summary: String,
        description: String,
        operand: OperandDescription?,
        options: [OptionDescription],
        examples: [CommandExample]
    ) {
        self.name = name
        self.summary = summary
        self.description = description
        self.operand = operand
        self.options = options.contains { $0.name == OptionDescription.help.name } ? options : options + [.help]
        self.examples = examples
    }

    /// Gathers what a command says of itself.
    package init(_ command: any Command.Type) {
        self.init(
            name: command.name,
            summary: command.summary,
            description: command.description,
            operand: command.operand,
            options: command.options,
            examples: command.examples
        )
    }
}
