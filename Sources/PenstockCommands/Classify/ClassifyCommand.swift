internal import Penstock
internal import PenstockCore
internal import PenstockFlow
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
        let failures = try ResultFile.failures(in: output, options.results.form)
        environment.report("\(output) is complete already; remove it to classify again.")
        return failures > 0 ? .someFailed : .success
    }

    private func classify(in environment: CommandEnvironment) async throws -> ExitCode {
        let session = try await Session(model: options.model, configuration: options.session())
        for note in session.notes { environment.report(note) }
        let record = try await record(session)
        let file = try openFile(record)
        let run = ClassifyRun(session: session, options: options, file: file, record: record, environment: environment)
        return try await run.run()
    }

    /// What the results depend on, where anything asks for it: it takes reading the whole model.
    private func record(_ session: Session) async throws -> JobRecord? {
        if options.results.output == nil, options.reports.summary == nil { return nil }
        return try await DedicatedThread.run { [options] () throws(PenstockError) in try JobRecord(session, options) }
    }

    private func openFile(_ record: JobRecord?) throws(PenstockError) -> ResultFile {
        guard let output = options.results.output, let record else { return .standardOutput }
        return options.results.resumes
            ? try .resume(output, record: record, form: options.results.form)
            : try .create(output, record: record, form: options.results.form, canResume: options.canResume)
    }
}

extension ResultOptions {
    /// How the results can be read back.
    fileprivate var form: RecordForm { .results(format, top: top) }
}

extension JobRecord {
    /// What the results of a job depend on.
    init(_ session: Session, _ options: ClassifyOptions) throws(PenstockError) {
        var contract = StableHash()
        contract.combine(session.contract.canonicalText)
        self.init(
            fields: [
                Field(name: "model", value: try session.model.contentDigest()),
                Field(name: "contract", value: contract.description),
                Field(name: "engine", value: session.engine),
                Field(name: "precision", value: session.precision),
                Field(name: "batch", value: "\(session.batch.capacity)"),
                Field(name: "device", value: options.engine.device),
                Field(name: "max-pixels", value: options.pictures.maxPixels.map { "\($0)" } ?? "default"),
                Field(name: "format", value: options.results.format.rawValue),
                Field(name: "top", value: "\(options.results.top)"),
                Field(name: "min-score", value: options.results.minScore.map { "\($0)" } ?? "none"),
                Field(name: "fast-decode", value: "\(options.look.allowsFastDecode)"),
                Field(name: "allow-truncated", value: "\(options.pictures.allowsTruncated)"),
                Field(name: "frames", value: "\(options.video.sampling)"),
                Field(name: "deinterlace", value: "\(options.video.deinterlaces)"),
                Field(name: "exact-frames", value: "\(options.look.isExact)"),
                Field(name: "raw", value: options.video.raw.map { "\($0)" } ?? "none"),
            ] + Self.fields(options.engine.tensors)
        )
    }
}
