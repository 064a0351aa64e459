internal import Glibc
internal import Penstock
internal import PenstockCore
internal import PenstockFlow

/// One processing job as the command line runs it.
struct ProcessRun {
    let options: ProcessOptions
    let memory: JobMemory?
    let environment: CommandEnvironment

    /// Runs to the end, or to where the user or a failure stops it.
    func run() async throws -> ExitCode {
        do {
            let job = try ProcessingJob(options.source, options: options.job(memory))
            // The folder is this job's alone from here on, so that what lies there unfinished is nobody's.
            if options.manifest.resumes, !options.output.isOneFile { try await removeLeftovers() }
            return try await run(job)
        } catch {
            // A job that did nothing leaves nothing in the way of the next.
            if memory?.isEmpty ?? false { memory?.discard() }
            throw error
        }
    }

    private func removeLeftovers() async throws {
        let folder = options.output.folder
        try await DedicatedThread.run { Leftovers.remove(from: folder) }
    }

    private func run(_ job: ProcessingJob) async throws -> ExitCode {
        let interruption = Interruption { job.stop() }
        let tally = try await follow(job)
        let isCut = interruption.hasCome || options.manifest.stopsOnError && tally.failedNow > 0
        if !isCut { try memory?.complete() }
        try finish(job, tally)
        if isCut { environment.report(stopped(job)) }
        return interruption.hasCome ? .interrupted : tally.failed > 0 ? .someFailed : .success
    }

    /// Takes every result as it comes, and counts.
    private func follow(_ job: ProcessingJob) async throws -> ProcessTally {
        let lines = try openLines()
        do {
            let tally = try await follow(job, lines)
            try await lines?.finish()
            return tally
        } catch let error as PenstockError where error.code == .closedPipe {
            // Unlike results, files are wanted by others than the reader of their list.
            throw PenstockError(
                .inputOutput,
                at: .write,
                "The job stopped, since nobody reads its manifest any more. Run the same command with --resume to go on."
            )
        } catch {
            // What is finished is told all the same.
            try? await lines?.finish()
            throw error
        }
    }

    private func follow(_ job: ProcessingJob, _ lines: LineSink?) async throws -> ProcessTally {
        let showsLines = lines != nil && environment.standardOutputIsTerminal
        let style = ProgressStyle(options.reports.progress, in: environment, resultsOnTerminal: showsLines)
        let progress = ProgressReporter(style, in: environment)
        // Counting goes through the folders once more: only for somebody who looks.
        let counter = style == .hidden ? nil : InputCounter(options.source, leavingOut: options.output.folder)
        defer { progress.clear() }
        var tally = ProcessTally(memory)
        var formatter = ManifestFormatter()
        for try await item in job {
            tally.count(item)
            if let lines {
                var line: [UInt8] = []
                formatter.append(item, to: &line)
                try await lines.write(line)
            }
            tell(item, tally, progress)
            progress.update(done: tally.done, failed: tally.failed, total: counter?.total)
        }
        return tally
    }
}

// MARK: - Telling

extension ProcessRun {
    /// Where lines go that cannot be read back: standard output, or a device. A manifest's lines are the ledger's.
    private func openLines() throws(PenstockError) -> LineSink? {
        guard options.manifest.isInPlace, let path = options.manifest.manifest else { return nil }
        let isOutput = path == "-"
        let descriptor = isOutput ? STDOUT_FILENO : try PartialFile.open(path, O_WRONLY)
        let name = isOutput ? "standard output" : path.description
        return try LineSink(DescriptorSink(borrowing: descriptor, named: name))
    }

    /// Without a manifest, a failure is told at once: nothing else would.
    private func tell(_ item: ProcessedPicture, _ tally: ProcessTally, _ progress: ProgressReporter) {
        guard options.manifest.manifest == nil else { return }
        if case .failed(let error) = item.outcome { report(error.message, of: item, progress) }
        if let warning = item.warning, tally.warnings == 1 { report(warning, of: item, progress) }
    }

    /// Sentences that name the source stand by themselves.
    private func report(_ message: String, of item: ProcessedPicture, _ progress: ProgressReporter) {
        let name = item.source.description
        let frame = item.moment.map { ", frame \($0.frame)" } ?? ""
        progress.clear()
        environment.report(message.contains(name) && frame.isEmpty ? message : "\(name)\(frame): \(message)")
    }
}

// MARK: - Afterwards

extension ProcessRun {
    private func finish(_ job: ProcessingJob, _ tally: ProcessTally) throws(PenstockError) {
        let summary = job.summary
        let bottleneck = Bottleneck.judge(summary, cores: AvailableCores.current().count)
        let memory = PeakMemory.bytes()
        if let path = options.reports.summary {
            try AtomicFile.write(SummaryReport(summary, bottleneck, peakMemory: memory).json, to: path)
        }
        if options.reports.profiles {
            environment.print(ProfileReport.text(summary, bottleneck, peakMemory: memory), to: .standardError)
        }
        environment.note(ratesOf: summary.streams)
        environment.note(filesLeftOut: job.filesLeftOut)
        note(tally)
        let place = options.manifest.manifest == nil ? "the lines above say why" : "their lines say why"
        environment.note(failures: tally.failed, of: tally.done + tally.failed, explained: place)
    }

    private func note(_ tally: ProcessTally) {
        if tally.skipped > 0 {
            environment.report("\(tally.skipped) of \(tally.done + tally.failed) were skipped: their files were there.")
        }
        if tally.warnings > 1, options.manifest.manifest == nil {
            environment.report("\(tally.warnings) files were written with a warning; --manifest FILE has them all.")
        }
    }

    private func stopped(_ job: ProcessingJob) -> String {
        let finished = job.accounting.done + job.accounting.failed
        let advice = memory == nil ? "" : " Run the same command with --resume to go on."
        return "Stopped after \(finished) input\(finished == 1 ? "" : "s").\(advice)"
    }
}
