internal import Penstock
internal import PenstockCore
internal import PenstockFlow

/// One classification job as the command line runs it: results to a file or standard output, everything else beside.
struct ClassifyRun {
    let models: OpenModels
    let options: ClassifyOptions
    let file: ResultFile
    let records: ClassifyRecords?
    let environment: CommandEnvironment

    /// Runs to the end, or to where the user stops it.
    func run() async throws -> ExitCode {
        let log = EventLog()
        let watch = options.timeline.events.map { _ in log.watch(options.eventRules) }
        let job = models.panel.classify(options.source, options: options.job(after: file.recorded, watch: watch))
        let interruption = Interruption { job.stop() }
        let failures = try await write(job, log) { interruption.hasCome && !options.isEndless }
        let isInterrupted = interruption.hasCome
        // A job without an end of its own is whole when it is stopped.
        if !isInterrupted || options.isEndless { try file.complete() }
        try finish(job, failures: failures)
        if watch != nil, log.sawFrameWithoutTime {
            environment.report("A video among the inputs carries no times, so there are no events of it.")
        }
        if isInterrupted { environment.report(stopped(job)) }
        let isFlawed = failures > 0 || job.summary.drawing?.failed ?? 0 > 0
        return isInterrupted ? .interrupted : isFlawed ? .someFailed : .success
    }

    /// Writes every result as it comes, and returns how many are errors. The events of a job that is cut do not get their
    /// file's name.
    private func write(_ job: ClassificationJob, _ log: EventLog, isCut: () -> Bool) async throws -> Int {
        let events = try options.timeline.events.map { (path) throws(PenstockError) in
            try EventWriter(path, namesSources: options.mayHaveSeveralSources)
        }
        let canResume = options.canResume && !file.isInPlace
        let sink = try LineSink(
            DescriptorSink(borrowing: file.descriptor, named: file.path.description, canResume: canResume)
        )
        do {
            let failures = try await write(job, to: sink) { item in
                log.look(at: item)
                try await events?.write(log.takeAll())
            }
            try await events?.write(log.takeAll())
            try await sink.finish()
            if isCut() { await events?.abandon() } else { try await events?.finish() }
            job.addWriting(sink.timeWriting)
            return failures
        } catch {
            // What is finished is written all the same.
            try? await sink.finish()
            await events?.abandon()
            throw error
        }
    }

    private func write(
        _ job: ClassificationJob,
        to sink: LineSink,
        afterEach: (ClassifiedPicture) async throws -> Void
    ) async throws -> Int {
        let style = ProgressStyle(options.reports.progress, in: environment, resultsOnTerminal: showsResults)
        let progress = ProgressReporter(style, in: environment)
        // Counting goes through the folders once more: only for somebody who looks.
        let counter = style == .hidden || options.isEndless ? nil : InputCounter(options.source)
        defer { progress.clear() }
        let formatter = options.results.format.formatter(
            top: options.results.top,
            width: environment.terminalWidth,
            namesModels: models.areNamed
        )
        if file.recorded == nil { try await sink.write(bytes { formatter.appendHeader(to: &$0) }) }
        var done = (file.recorded?.count ?? 0) - file.recordedFailures
        var failed = file.recordedFailures
        for try await item in job {
            try await sink.write(bytes { formatter.append(item, to: &$0) })
            try await afterEach(item)
            switch item.outcome {
            case .classified: done += 1
            case .failed: failed += 1
            case .event: continue
            }
            progress.update(done: done, failed: failed, total: counter?.total)
        }
        return failed
    }

    private func bytes(_ body: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes: [UInt8] = []
        body(&bytes)
        return bytes
    }

    private var showsResults: Bool { options.results.output == nil && environment.standardOutputIsTerminal }
}

// MARK: - Afterwards

extension ClassifyRun {
    private func stopped(_ job: ClassificationJob) -> String {
        let finished = job.accounting.done + job.accounting.failed
        let advice = options.isEndless ? "" : file.advice(canResume: options.canResume).map { " " + $0 } ?? ""
        return "Stopped after \(finished) input\(finished == 1 ? "" : "s").\(advice)"
    }

    private func finish(_ job: ClassificationJob, failures: Int) throws(PenstockError) {
        let summary = job.summary
        let bottleneck = Bottleneck.judge(
            summary.stages,
            seconds: summary.seconds,
            workers: summary.workers,
            requests: summary.requests,
            cores: models.panel.cores
        )
        let memory = PeakMemory.bytes()
        if let path = options.reports.summary {
            try AtomicFile.write(SummaryReport(summary, bottleneck, peakMemory: memory, extra: details).json, to: path)
        }
        if options.reports.profiles {
            environment.print(ProfileReport.text(summary, bottleneck, peakMemory: memory), to: .standardError)
        }
        environment.note(ratesOf: summary.streams)
        noteDrawing(summary)
        let count = summary.accounting.received + (file.recorded?.count ?? 0)
        environment.note(failures: failures, of: count, explained: "their results say why")
        environment.note(filesLeftOut: job.filesLeftOut)
    }

    private var details: [JSONMember] {
        let output = JSONMember("output", options.results.output.map { .text($0.description) } ?? .null)
        guard models.areNamed else { return members(0, records?.job) + [output] }
        let each = models.names.indices.map { place in
            OrderedJSON.object(
                [JSONMember("name", .text(models.names[place]))]
                    + members(place, records?.models[place])
            )
        }
        let job = records.map { OrderedJSON.object([$0.job.jobMember]) } ?? .null
        return [JSONMember("models", .array(each)), output, JSONMember("identity", job)]
    }

    private func members(_ place: Int, _ record: JobRecord?) -> [JSONMember] {
        let session = models.sessions[place]
        return [
            JSONMember("model", .text(session.model.named.description)),
            JSONMember("engine", .text(session.engine)),
            JSONMember("precision", .text(session.precision)),
            JSONMember("opening", session.opening.report),
            JSONMember("identity", identity(place, record) ?? .null),
        ]
    }

    private func identity(_ place: Int, _ record: JobRecord?) -> OrderedJSON? {
        guard let record, let identity = records?.identities[place] else { return nil }
        return .object(identity.members + [record.jobMember])
    }

    private func noteDrawing(_ summary: JobSummary) {
        guard let drawing = summary.drawing else { return }
        if drawing.written + drawing.dropped + drawing.failed == 0 {
            environment.report("Nothing was drawn: a file after --annotate is for a video, a folder for pictures.")
        }
        for failure in drawing.failures {
            environment.report("\(failure.source) was not drawn: \(failure.error.message)")
        }
        let more = drawing.failed - drawing.failures.count
        if more > 0 { environment.report("\(more) more were not drawn.") }
        if drawing.dropped > 0 {
            environment.report("\(drawing.dropped) drawings were left out so that results did not wait for them.")
        }
    }
}

extension ClassifyOptions {
    /// Whether events may come from more than one video, and must say from which.
    fileprivate var mayHaveSeveralSources: Bool {
        guard inputs.count == 1, live.watched == nil, let only = inputs.first else { return true }
        return only == "-" && video.raw == nil || only.bytes.first == UInt8(ascii: "@") || FileSystem.isDirectory(only)
    }

    /// When an event begins and ends, and in which order events are told.
    fileprivate var eventRules: EventDetector.Configuration {
        var rules = timeline.eventRules
        if let file = timeline.events, let format = try? EventFormat(file: file) {
            rules.ordersByStart = format.isOrdered || !isEndless
        }
        return rules
    }
}
