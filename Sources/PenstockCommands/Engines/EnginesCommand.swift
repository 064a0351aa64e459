internal import Penstock
internal import PenstockCore

/// `penstock engines`: which engines are here, and how to get the others.
package struct EnginesCommand: Command {
    package static let name = "engines"
    package static let summary = "show which engines are here, and how to get the others"
    package static let description = """
        For each engine: where it was found, its version, its devices and what arithmetic they do, and the formats that it \
        reads; or what is wrong with what was found; or the command that installs it. The engines stand in the order in \
        which --engine auto prefers them.
        """
    package static let operand: OperandDescription? = nil
    package static let options = EnginesOptions.descriptions
    package static let examples = [
        CommandExample("engines", "What runs models here."),
        CommandExample("engines --format json", "The same for a program, one line an engine."),
    ]

    let options: EnginesOptions

    package init(parsing arguments: ParsedArguments) throws(UsageError) {
        options = try EnginesOptions(arguments)
    }

    package func run(in environment: CommandEnvironment) async -> ExitCode {
        await environment.carryOut {
            let reports = try await EngineInspection.all().map { EngineReport($0) }
            let separator = options.format == .json ? "" : "\n"
            let printed = environment.print(reports.map { $0.text(options.format) }.joined(separator: separator))
            guard printed == .success else { return printed }
            return reports.contains(where: \.isReady) ? .success : .couldNotStart
        }
    }
}
