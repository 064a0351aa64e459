internal import PenstockCore

/// The `penstock` program: finds the command that a command line names, and runs it.
package enum CommandLineTool {
    /// Runs a whole command line.
    ///
    /// - Parameters:
    ///   - arguments: The words after the program's name.
    ///   - environment: The streams and the terminal.
    ///   - commands: What there is to run; `help` and `completions` are added.
    /// - Returns: What the process should exit with.
    package static func run(
        _ arguments: [Argument],
        in environment: CommandEnvironment,
        commands: [any Command.Type]
    ) async -> ExitCode {
        let catalog = CommandCatalog(commands)
        guard let first = arguments.first else {
            environment.print(HelpText.usage(catalog.descriptions), to: .standardError)
            return .usage
        }
        switch first.text {
        case "--help", "-h":
            return environment.print(HelpText.overview(catalog.descriptions, environment.terminalWidth))
        case "--version", "-V": return environment.print("penstock \(PenstockVersion.current)\n")
        default: return await run(first, Array(arguments.dropFirst()), in: environment, catalog)
        }
    }

    private static func run(
        _ word: Argument,
        _ rest: [Argument],
        in environment: CommandEnvironment,
        _ catalog: CommandCatalog
    ) async -> ExitCode {
        do throws(UsageError) {
            let description = try catalog.description(named: word)
            do throws(UsageError) {
                let parser = ArgumentParser(description)
                if parser.asksForHelp(rest) {
                    return environment.print(HelpText.page(description, environment.terminalWidth))
                }
                return try await catalog.run(description, try parser.parse(rest), in: environment)
            } catch {
                environment.print(error.report(for: description.name), to: .standardError)
            }
        } catch {
            environment.print(error.report(for: nil), to: .standardError)
        }
        return .usage
    }
}

/// The commands by name, with the two that are about the others.
struct CommandCatalog {
    private let commands: [any Command.Type]

    /// All commands, in the order of the help.
    let descriptions: [CommandDescription]

    init(_ commands: [any Command.Type]) {
        self.commands = commands
        let described = commands.map { CommandDescription($0) }
        descriptions = described + [CompletionsCommand.description, HelpCommand.description(of: described)]
    }

    /// The command that a word names.
    func description(named word: Argument) throws(UsageError) -> CommandDescription {
        if let match = descriptions.first(where: { $0.name == word.text }) { return match }
        let kind = word.looksLikeOption ? "an option" : "a command"
        let candidates = word.looksLikeOption ? ["--help", "--version"] : descriptions.map(\.name)
        throw UsageError(
            "\(word.text.quoted) is not \(kind) of penstock.\(NearestName.hint(word.text, among: candidates))"
        )
    }

    /// Runs a command of the catalog.
    func run(
        _ description: CommandDescription,
        _ arguments: ParsedArguments,
        in environment: CommandEnvironment
    ) async throws(UsageError) -> ExitCode {
        if let command = commands.first(where: { $0.name == description.name }) {
            return await (try command.init(parsing: arguments)).run(in: environment)
        }
        let text =
            description.name == CompletionsCommand.description.name
            ? try CompletionsCommand.script(for: arguments, descriptions)
            : try HelpCommand.text(for: arguments, self, environment.terminalWidth)
        return environment.print(text)
    }
}
