internal import Penstock
internal import PenstockCore
internal import PenstockVideo

/// `penstock classify`: names what pictures show.
package struct ClassifyCommand: Command {
    package static let name = "classify"
    package static let summary = "name what pictures show"
    package static let description = """
        Reads pictures, runs a classifier on each and writes one result a picture, in the order of the inputs. A picture \
        that cannot be read gets a result that says why; the others go on.
        """
    package static let operand: OperandDescription? = ClassifyOptions.operand
    package static let options = ClassifyOptions.descriptions
    package static let examples = [
        CommandExample("classify photos/ --model inception_v3", "Every picture in a folder and the folders in it."),
        CommandExample(
            "classify 'photos/**/*.jpg' --model model.onnx --preset imagenet --output results.jsonl --resume",
            "Results into a file; run it again after an interruption and it goes on."
        ),
        CommandExample("classify - --model model.tflite < list.txt", "Paths or addresses, one a line."),
        CommandExample(
            "classify photos/ --model birds=b.onnx --model scenes=s/",
            "Two models on each picture, which is read and decoded once."
        ),
        CommandExample(
            "classify photos/ --model vit --format table --profile",
            "To read on the terminal, with timings."
        ),
    ]

    let options: ClassifyOptions

    package init(parsing arguments: ParsedArguments) throws(UsageError) {
        options = try ClassifyOptions(arguments)
        _ = try options.contract.checkedFlags()
    }

    package func run(in environment: CommandEnvironment) async -> ExitCode {
        await environment.carryOut {
            try checkPlaces()
            if let output = options.results.output, options.results.resumes, ResultFile.isComplete(output) {
                return try reportComplete(output, in: environment)
            }
            return try await classify(in: environment)
        }
    }

    /// Makes sure of every file that is to be written.
    private func checkPlaces() throws(PenstockError) {
        if let output = options.results.output {
            try ResultPlace.check(output, of: "--output", isJSON: options.results.format == .jsonl)
        }
        if let summary = options.reports.summary {
            try ResultPlace.check(summary, of: "--summary", isJSON: true)
            try AtomicFile.checkPlace(of: summary)
        }
        if let drawn = options.timeline.annotated, EncodedVideo.writes(drawn) {
            try AtomicFile.checkPlace(of: drawn)
        }
    }

    /// Says that there is nothing to go on with, and ends as the job that is complete did.
    private func reportComplete(_ output: FilePath, in environment: CommandEnvironment) throws(PenstockError)
        -> ExitCode
    {
        let failures = try ResultFile.failures(in: output, options.form)
        environment.report("\(output) is complete already; remove it to classify again.")
        return failures > 0 ? .someFailed : .success
    }

    private func classify(in environment: CommandEnvironment) async throws -> ExitCode {
        let models = try await OpenModels.open(options)
        for note in models.notes(options) { environment.report(note) }
        let records = try await records(models)
        let file = try openFile(records?.job)
        let run = ClassifyRun(models: models, options: options, file: file, records: records, environment: environment)
        return try await run.run()
    }

    /// What the results depend on, where anything asks for it: it takes reading every model.
    private func records(_ models: OpenModels) async throws -> ClassifyRecords? {
        if options.results.output == nil, options.reports.summary == nil { return nil }
        return try await ClassifyRecords(models, options)
    }

    private func openFile(_ record: JobRecord?) throws(PenstockError) -> ResultFile {
        guard let output = options.results.output, let record else { return .standardOutput }
        return options.results.resumes
            ? try .resume(output, record: record, form: options.form)
            : try .create(output, record: record, form: options.form, canResume: options.canResume)
    }
}

extension ClassifyOptions {
    /// How the results can be read back.
    fileprivate var form: RecordForm {
        .results(results.format, top: results.top, models: models.count > 1 ? models.map(\.name) : [])
    }
}
