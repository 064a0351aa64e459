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
        let job = session.classify(options.source, options: options.job(after: file.recorded))
        let wasInterrupted = Atomic(false)
        Interrupts.onFirst {
            wasInterrupted.store(true, ordering: .relaxed)
            job.stop()
        }
        let failures = try await write(job)
        if wasInterrupted.load(ordering: .relaxed) {
            try finish(job, failures: failures)
            environment.report(stopped(job))
            return .interrupted
        }
        try file.complete()
        try finish(job, failures: failures)
        return failures > 0 ? .someFailed : .success
    }

    /// Writes every result as it comes, and returns how many are errors.
    private func write(_ job: ClassificationJob) async throws -> Int {
        let sink = try LineSink(DescriptorSink(borrowing: file.descriptor, named: file.path.description))
        let style = ProgressStyle(options.results.progress, in: environment, resultsOnTerminal: showsResults)
        let progress = ProgressReporter(style, in: environment)
        // Counting goes through the folders once more: only for somebody who looks.
        let counter = style == .hidden ? nil : InputCounter(options.source)
        defer { progress.clear() }
        let formatter = options.results.format.formatter(top: options.results.top, width: environment.terminalWidth)
        if file.recorded == nil { try await sink.write(bytes { formatter.appendHeader(to: &$0) }) }
        var done = (file.recorded?.count ?? 0) - file.recordedFailures
        var failed = file.recordedFailures
        do {
            for try await item in job {
                try await sink.write(bytes { formatter.append(item, to: &$0) })
                if item.failure == nil { done += 1 } else { failed += 1 }
                progress.update(done: done, failed: failed, total: counter?.total)
            }
        } catch {
            // What is finished is written all the same.
            try? await sink.finish()
            throw error
        }
        try await sink.finish()
        job.addWriting(sink.timeWriting)
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
        let advice = file.advice(options.results.format).map { " " + $0 } ?? ""
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
