import PenstockCommands
import PenstockCore
import Synchronization

/// Keeps what a command writes, for a test to look at.
final class RecordingSink: ByteSink {
    private let storage = Mutex<[UInt8]>([])
    private let failure: PenstockError?

    init(failing failure: PenstockError? = nil) {
        self.failure = failure
    }

    func write(_ bytes: [UInt8]) throws(PenstockError) {
        if let failure { throw failure }
        storage.withLock { $0 += bytes }
    }

    var text: String { storage.withLock { String(decoding: $0, as: UTF8.self) } }
}

/// An environment, and what went to its streams.
struct TestEnvironment {
    let output = RecordingSink()
    let error = RecordingSink()

    func environment(width: Int = 80) -> CommandEnvironment {
        CommandEnvironment(standardOutput: output, standardError: error, terminalWidth: width)
    }
}

/// A command with an option of every kind.
struct SampleCommand: Command {
    static let name = "sample"
    static let summary = "Do something for a test."
    static let description = "Does something, and says what it was given."
    static let operand: OperandDescription? = OperandDescription("INPUT…", help: "What to read.")
    static let options = [
        OptionDescription("model", .file("MODEL"), in: .model, isRequired: true, help: "The model."),
        OptionDescription("top", .text("N"), in: .results, default: "5", help: "How many."),
        OptionDescription("color", .choice(["rgb", "bgr"]), in: .contract, help: "The order."),
        OptionDescription("batch", .suggestion("auto|N", ["auto"]), in: .speed, default: "auto", help: "The batch."),
        OptionDescription("mean", .text("R,G,B"), in: .contract, help: "The mean."),
        OptionDescription("wait", .text("TIME"), in: .speed, help: "The wait."),
        OptionDescription("size", .text("SIZE"), in: .contract, help: "The size."),
        OptionDescription("score", .text("X"), in: .results, help: "The score."),
        OptionDescription("cache-dir", .folder("DIR"), in: .model, help: "The folder."),
        OptionDescription(flag: "null", short: "0", in: .inputs, help: "NUL."),
        OptionDescription(flag: "unordered", in: .results, help: "Any order."),
    ]
    static let examples = [CommandExample("sample photos/ --model m.xml", "Do something with a folder.")]

    let arguments: ParsedArguments

    init(parsing arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        _ = try arguments.integer("top", in: 1...10)
    }

    func run(in environment: CommandEnvironment) async -> ExitCode {
        environment.print("ran \(arguments.operands.map(\.text))\n")
        return .someFailed
    }
}

/// Parses a line of words for `SampleCommand`.
func parseSample(_ line: [Argument]) throws -> ParsedArguments {
    try ArgumentParser(CommandDescription(SampleCommand.self)).parse(line)
}
