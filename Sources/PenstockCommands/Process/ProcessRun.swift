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
        if isCut { environment.report(stopped(job, tally)) }
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
            let advice = memory == nil ? "" : " Run the same command with --resume to go on."
            throw PenstockError(
                .inputOutput,
                at: .write,
                "The job stopped, since nobody reads its manifest any more.\(advice)"
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
        let counter = style == .hidden ? nil : InputCounter(options.source, leavingOut: leftOut)
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

    /// The folder that the job does not enter. That of one video is anyone's.
    private var leftOut: FilePath? { options.output.isOneFile ? nil : options.output.folder }

    /// Where lines go that cannot be read back: standard output, or a device. A manifest's lines are the ledger's.
    private func openLines() throws(PenstockError) -> LineSink? {
        guard options.manifest.isInPlace, let path = options.manifest.manifest else { return nil }
        let isOutput = path == "-"
        let descriptor = isOutput ? STDOUT_FILENO : try PartialFile.open(path, O_WRONLY)
        let name = isOutput ? "standard output" : path.description
        return try LineSink(DescriptorSink(borrowing: descriptor, named: name))
    }
}
