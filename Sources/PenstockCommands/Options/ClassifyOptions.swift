package import PenstockCore
internal import PenstockVideo

/// The command line of `penstock classify`, interpreted.
package struct ClassifyOptions: Sendable {
    /// What to classify, in order, every byte kept.
    package var inputs: [FilePath]
    /// The models, each of which looks at every picture; the only one has no name.
    package var models: [NamedModel]
    /// The engine and its device.
    package var engine: EngineOptions
    /// What overrides the model's declared contract.
    package var contract: ContractOptions
    /// How pictures are read.
    package var pictures: PictureOptions
    /// Which frames of videos are taken.
    package var video: VideoFlags
    /// How closely the model looks.
    package var look: ModelInputFlags
    /// How live streams are taken.
    package var live: LiveFlags
    /// What results mean together, and where they are drawn.
    package var timeline: TimelineFlags
    /// How the work is spread.
    package var speed: SpeedOptions
    /// What is written.
    package var results: ResultOptions
    /// How the job is told of.
    package var reports: ReportFlags

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        inputs = arguments.paths
        models = try NamedModel.all(arguments)
        engine = try EngineOptions(arguments)
        contract = try ContractOptions(arguments)
        pictures = try PictureOptions(arguments)
        live = try LiveFlags(arguments)
        video = try VideoFlags(arguments, isLive: live.isLive)
        look = try ModelInputFlags(arguments)
        timeline = try TimelineFlags(arguments)
        speed = try SpeedOptions(arguments)
        results = try ResultOptions(arguments)
        reports = try ReportFlags(arguments)
        try checkTogether()
    }

    private func checkFiles() throws(UsageError) {
        try OutputFiles.checkDistinct([
            ("--output", results.output), ("--summary", reports.summary), ("--events", timeline.events),
            ("--annotate", timeline.annotated),
        ])
    }

    /// The option by which results depend on what came before them, if there is one: such a job cannot be gone on with.
    var depending: String? {
        [
            (timeline.smoothing != nil, "--smooth"), (timeline.events != nil, "--events"),
            (timeline.annotated != nil, "--annotate"), (look.stillThreshold != nil, "--skip-still"),
        ].first { $0.0 }?.1
    }

    /// Whether an interrupted job can be gone on with.
    var canResume: Bool { depending == nil && results.format != .table && !live.isLive && live.watched == nil }

    /// Scores over time are those of one model.
    private func checkModels() throws(UsageError) {
        let single = timeline.smoothing != nil ? "--smooth" : timeline.events != nil ? "--events" : nil
        guard models.count > 1, let single else { return }
        throw UsageError("\(single) is about the scores of one model; give one --model, or run once for each.")
    }

    private func checkTogether() throws(UsageError) {
        if inputs.isEmpty, live.watched == nil {
            throw UsageError("'penstock classify' needs \(Self.operand.placeholder), or a folder to --watch.")
        }
        try checkFiles()
        try checkModels()
        try video.checkRaw(inputs)
        if let depending, results.resumes {
            throw UsageError("--resume has not seen what came before, which \(depending) needs; leave one of them out.")
        }
        if let depending, !results.isOrdered {
            throw UsageError("\(depending) needs results in the order of the inputs; leave --unordered out.")
        }
        if live.isLive, video.sampling.start != nil {
            throw UsageError("--start is for files: what is live begins now.")
        }
        if live.isLive, case .times = video.sampling.choice {
            throw UsageError("--at is for files: nobody knows what a live stream will show when.")
        }
        if results.resumes, live.isLive || live.watched != nil {
            throw UsageError("--resume cannot go back in time: leave it out of a job that is live.")
        }
    }
}

extension ClassifyOptions {
    /// Every option of the command, in the order of the help.
    package static let descriptions =
        PictureOptions.descriptions + VideoFlags.descriptions + ModelInputFlags.descriptions + LiveFlags.descriptions
        + TimelineFlags.descriptions
        + [model] + EngineOptions.descriptions + ContractOptions.descriptions
        + ResultOptions.descriptions + ReportFlags.descriptions + SpeedOptions.descriptions

    /// What stands without dashes.
    package static let operand = OperandDescription("INPUT…", help: PictureOptions.operandHelp, minimum: 0)

    private static let model = OptionDescription(
        "model",
        .file("[NAME=]MODEL"),
        in: .model,
        isRequired: true,
        isRepeatable: true,
        help:
            "OpenVINO IR (.xml), ONNX, a SavedModel folder, a frozen graph (.pb), TFLite, or a folder that holds one. "
            + "Given several times, each picture is read once and shown to every model; results are then by name, which is "
            + "the file's where none is given, and the options of the contract hold where a model declares nothing itself. "
            + "A path with '=' in it that begins with ./ or / is never taken for a name."
    )
}
