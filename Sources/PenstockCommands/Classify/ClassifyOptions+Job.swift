internal import Penstock
internal import PenstockCore
internal import PenstockVideo

extension ClassifyOptions {
    /// The pictures and videos.
    var source: PictureSource {
        .arguments(inputs, raw: video.raw, separator: pictures.separator)
    }

    /// Whether the job goes on until it is stopped, so that being stopped is its proper end.
    var isEndless: Bool { live.isLive || live.watched != nil }

    /// How each model is to be opened. Several share the contract's flags, which then fill in what they leave open.
    func session() throws(PenstockError) -> Session.Configuration {
        var configuration = try engine.configuration(contract: contract)
        configuration.batch = speed.batch
        configuration.requests = speed.requests
        configuration.contractYields = models.count > 1
        return configuration
    }

    /// What the job is to do, going on after what an earlier one recorded and telling `watch` of events.
    func job(after recorded: RecordedItems? = nil, watch: EventWatch? = nil) -> ClassificationJob.Options {
        var job = ClassificationJob.Options()
        job.topCount = results.top
        job.minimumScore = results.minScore
        job.isOrdered = results.isOrdered
        job.workers = speed.workers
        job.window = speed.queue
        job.maxWait = speed.maxWait
        job.maxPixels = pictures.maxPixels ?? job.maxPixels
        job.allowsTruncated = pictures.allowsTruncated
        job.allowsFastDecode = look.allowsFastDecode
        job.timeout = pictures.timeout
        job.recorded = recorded
        job.video = video.settings
        job.video.convertsWholeFrames = look.isExact
        job.video.stillThreshold = look.stillThreshold
        job.live = live.settings
        job.watchedFolder = live.watched
        job.smoothing = timeline.smoothing
        job.annotation = timeline.annotated
        job.events = watch
        return job
    }
}

extension PictureSource {
    /// What operands mean, where frames may come raw by standard input.
    static func arguments(_ inputs: [FilePath], raw: RawVideo?, separator: ListSeparator) -> PictureSource {
        guard let raw else { return .arguments(inputs, separator: separator) }
        return inputs.reduce(.arguments([])) { source, input in
            source.followed(by: input == "-" ? .video(.rawStandardInput(raw)) : .arguments([input]))
        }
    }
}

extension PictureOptions {
    /// What ends a path of a list.
    var separator: ListSeparator { isNULSeparated ? .nul : .newline }
}

extension VideoFlags {
    /// What a job does with videos.
    var settings: VideoSettings {
        var settings = VideoSettings()
        settings.sampling = sampling
        settings.deinterlaces = deinterlaces
        return settings
    }
}

extension LiveFlags {
    fileprivate var settings: LiveSettings? {
        guard isLive else { return nil }
        var settings = LiveSettings()
        settings.drop = drop
        settings.maxAge = maxAge
        settings.reconnect = reconnect
        return settings
    }
}

extension ContractOptions {
    /// The contract's flags; what cannot be understood is a mistake on the command line.
    func checkedFlags() throws(UsageError) -> ContractFlags {
        do throws(PenstockError) {
            return try flags()
        } catch {
            throw UsageError(error.message)
        }
    }

    /// The contract's flags, interpreted.
    func flags() throws(PenstockError) -> ContractFlags {
        var flags = ContractFlags()
        flags.preset = try preset.map(ContractFlags.preset)
        flags.size = try size.map(ContractFlags.size)
        flags.fit = try fit.map(ContractFlags.fit)
        flags.filter = try resample.map(ContractFlags.filter)
        flags.colorOrder = try color.map(ContractFlags.colorOrder)
        flags.scale = try scale.map(ContractFlags.scale)
        flags.mean = try mean.map { (text) throws(PenstockError) in try ContractFlags.channels(text, flag: "--mean") }
        flags.deviation = try std.map { (text) throws(PenstockError) in try ContractFlags.channels(text, flag: "--std")
        }
        flags.labels = labels
        flags.activation = activation
        flags.layout = layout
        return flags
    }
}
