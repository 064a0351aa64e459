internal import Penstock
internal import PenstockCore
internal import PenstockFlow

/// `penstock verify`: compares what a model says with what a reference run said.
package struct VerifyCommand: Command {
    package static let name = "verify"
    package static let summary = "compare results with those of a reference run"
    package static let description = """
        Classifies pictures and compares every answer with that of a reference: another engine, another precision, an \
        earlier release, a program of your own. Ends with 0 where all are the same within the tolerance, and with 1 where \
        they are not, or where pictures are missing or have failed in one of the two.
        """
    package static let operand: OperandDescription? = VerifyOptions.operand
    package static let options = VerifyOptions.descriptions
    package static let examples = [
        CommandExample(
            "classify photos/ --model m.onnx --precision f32 --output f32.jsonl --summary f32.summary.json",
            "Make a reference, with the summary that says what it was made with."
        ),
        CommandExample("verify m.onnx photos/ --against f32.jsonl --precision bf16", "What does bf16 change?"),
        CommandExample(
            "verify saved_model photos/ --against from_python.jsonl --show 20 --output differing.jsonl",
            "Does it answer as my script did?"
        ),
    ]

    let options: VerifyOptions

    package init(parsing arguments: ParsedArguments) throws(UsageError) {
        options = try VerifyOptions(arguments)
        _ = try options.contract.checkedFlags()
    }

    package func run(in environment: CommandEnvironment) async -> ExitCode {
        await environment.carryOut {
            let (file, summary, notes) = try await DedicatedThread.run { [options] () throws(PenstockError) in
                try options.openReference()
            }
            let session = try await Session(model: options.model, configuration: options.session())
            for note in notes + session.notes { environment.report(note) }
            let names = ClassNames(count: session.contract.classCount, labels: session.contract.labels)
            let reader = try await DedicatedThread.run { [options] () throws(PenstockError) in
                try ReferenceReader(ReferenceIndex(file, names, inputs: SharedFolder(of: options.inputs)))
            }
            let run = VerifyRun(session: session, options: options, names: names, environment: environment)
            return try await run.run(against: reader, summary)
        }
    }
}

extension VerifyOptions {
    /// Opens what is compared with, with what a user should be told of it, once nothing would be lost by what is written.
    fileprivate func openReference() throws(PenstockError) -> (ReferenceFile, ReferenceSummary?, notes: [String]) {
        if let output { try ResultPlace.check(output, of: "--output", isJSON: true) }
        let file = try ReferenceFile(reference, model: referenceModel)
        let (summary, notes) = try ReferenceSummary.find(referenceSummary, of: reference, model: referenceModel)
        return (file, summary, notes)
    }
}
