internal import Penstock
internal import PenstockCore
internal import PenstockFlow

/// `penstock process`: transforms pictures and video, and writes them.
package struct ProcessCommand: Command {
    package static let name = "process"
    package static let summary = "transform pictures and video, and write them"
    package static let description = """
        Reads pictures and videos, does the operations in the order given, and writes the files while it reads on. Every \
        file appears whole or not at all. A picture that cannot be read or written is reported; the others go on.
        """
    package static let operand: OperandDescription? = ProcessOptions.operand
    package static let options = ProcessOptions.descriptions
    package static let examples = [
        CommandExample("process photos/ --to small --resize 640x", "Every picture, 640 wide, under its own name."),
        CommandExample(
            "process photos/ --to grey --gray --format png --manifest grey.jsonl --resume",
            "With an account of every file; run it again after an interruption and it goes on."
        ),
        CommandExample(
            "process scans/ --to upright --rotate 90 --lossless",
            "JPEGs turned without being encoded anew."
        ),
        CommandExample(
            "process clip.mp4 --to frames --format jpeg --fps 2",
            "Two pictures for each second of a video."
        ),
        CommandExample("process clip.mp4 --to small.mp4 --resize 50% --filter hqdn3d", "A video from a video."),
    ]

    let options: ProcessOptions

    package init(parsing arguments: ParsedArguments) throws(UsageError) {
        options = try ProcessOptions(arguments)
    }

    package func run(in environment: CommandEnvironment) async -> ExitCode {
        await environment.carryOut {
            try checkPlaces()
            if options.manifest.resumes, let manifest = completeManifest {
                return try reportComplete(manifest, in: environment)
            }
            let options = options
            let memory = try await DedicatedThread.run { () throws(PenstockError) in
                options.hasMemory ? try JobMemory.open(options) : nil
            }
            if options.manifest.resumes, memory?.recorded == nil {
                environment.report(beginning)
            }
            return try await ProcessRun(options: options, memory: memory, environment: environment).run()
        }
    }

    /// Makes sure of every file and folder that is to be written.
    private func checkPlaces() throws(PenstockError) {
        if let manifest = options.manifest.manifest, !options.manifest.isInPlace {
            try ResultPlace.check(manifest, of: "--manifest", isJSON: true)
        }
        // First, since the manifest may lie in it.
        if !options.output.isOneFile { try FileSystem.makeDirectory(options.output.folder) }
        guard let summary = options.reports.summary else { return }
        try ResultPlace.check(summary, of: "--summary", isJSON: true)
        try AtomicFile.checkPlace(of: summary)
    }

    /// What to say where there is nothing unfinished. Without a manifest a job that is complete cannot be told either.
    private var beginning: String {
        let fact = "There is nothing unfinished to go on with, so the job begins at its beginning."
        guard options.hiddenFolder != nil, options.output.settings.onConflict == .fail else { return fact }
        return
            "\(fact) If it is done already: --on-conflict skip leaves its files alone, and with --manifest FILE a job "
            + "that is complete is known."
    }

    /// The manifest, if it is there and nothing waits to be gone on with.
    private var completeManifest: FilePath? {
        options.manifest.manifest.flatMap { ResultFile.isComplete($0) ? $0 : nil }
    }

    /// Says that there is nothing to go on with, and ends as the job that is complete did.
    private func reportComplete(_ manifest: FilePath, in environment: CommandEnvironment) throws(PenstockError)
        -> ExitCode
    {
        let failures = try ResultFile.failures(in: manifest, .manifest(videosAreWhole: false))
        environment.report("\(manifest) is complete already; remove it to process again.")
        return failures > 0 ? .someFailed : .success
    }
}
