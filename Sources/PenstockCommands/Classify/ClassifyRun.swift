internal import Penstock
internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// One classification job as the command line runs it: results to a file or standard output, everything else beside.
struct ClassifyRun {
    let session: Session
    let options: ClassifyOptions
    let file: ResultFile
    let record: JobRecord?
    let environment: CommandEnvironment

    /// Runs to the end, or to where the user stops it.
    func run() async throws -> ExitCode {
        let log = EventLog()
        let watch = options.timeline.events.map { _ in log.watch(options.eventRules) }
        let job = session.classify(options.source, options: options.job(after: file.recorded, watch: watch))
        let wasInterrupted = Atomic(false)
        Interrupts.onFirst {
            wasInterrupted.store(true, ordering: .relaxed)
            job.stop()
        }
        let failures = try await write(job, log) { wasInterrupted.load(ordering: .relaxed) && !options.isEndless }
        let isInterrupted = wasInterrupted.load(ordering: .relaxed)
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
        let sink = try LineSink(DescriptorSink(borrowing: file.descriptor, named: file.path.description))
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
        let style = ProgressStyle(options.results.progress, in: environment, resultsOnTerminal: showsResults)
        let progress = ProgressReporter(style, in: environment)
        // Counting goes through the folders once more: only for somebody who looks.
        let counter = style == .hidden || options.isEndless ? nil : InputCounter(options.source)
        defer { progress.clear() }
        let formatter = options.results.format.formatter(top: options.results.top, width: environment.terminalWidth)
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
            cores: session.cores
        )
        let memory = PeakMemory.bytes()
        if let path = options.results.summary {
            try AtomicFile.write(SummaryReport(summary, bottleneck, peakMemory: memory, extra: details).json, to: path)
        }
        if options.results.profiles {
            environment.print(ProfileReport.text(summary, bottleneck, peakMemory: memory), to: .standardError)
        }
        noteRates(summary)
        noteDrawing(summary)
        noteFailures(failures, of: summary.accounting.received + (file.recorded?.count ?? 0))
        noteFilesLeftOut(job)
    }

    private var details: [JSONMember] {
        [
            JSONMember("model", .text(session.model.named.description)),
            JSONMember("engine", .text(session.engine)),
            JSONMember("precision", .text(session.precision)),
            JSONMember("digest", record.map { .text($0.digest) } ?? .null),
        ]
    }

    /// Streams that are not what they claim.
    private func noteRates(_ summary: JobSummary) {
        for stream in summary.streams {
            // Where frames are lost, that is what is wrong, and has been said.
            guard stream.report.failed == 0, let discrepancy = stream.report.rate.discrepancy else { continue }
            environment.report("\(stream.source) \(discrepancy); times are those of the frames.")
        }
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

    private func noteFailures(_ failures: Int, of count: Int) {
        guard failures > 0 else { return }
        environment.report("\(failures) of \(count) inputs failed; their results say why.")
    }

    private func noteFilesLeftOut(_ job: ClassificationJob) {
        let (count, first) = job.filesLeftOut
        guard count > 0, let first else { return }
        let files = count == 1 ? "1 file in a folder was" : "\(count) files in folders were"
        environment.report(
            "\(files) left out, not being named like a picture (the first: \(first)). Name a file to have it read."
        )
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
