internal import Penstock
internal import PenstockCore
internal import PenstockFlow

// MARK: - Telling

extension ProcessRun {
    /// Without a manifest, a failure is told at once: nothing else would.
    func tell(_ item: ProcessedPicture, _ tally: ProcessTally, _ progress: ProgressReporter) {
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
    func finish(_ job: ProcessingJob, _ tally: ProcessTally) throws(PenstockError) {
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
        environment.note(failures: tally.failed, of: tally.done + tally.failed, explained: explanation(tally))
        noteFullDisk(tally)
    }

    /// Where it is said why inputs failed. What an earlier run told without a manifest is nowhere any more.
    private func explanation(_ tally: ProcessTally) -> String {
        guard options.manifest.manifest == nil else { return "their lines say why" }
        let earlier = tally.failed - tally.failedNow
        if tally.failedNow == 0 { return "an earlier run said why" }
        return "the lines above say why" + (earlier > 0 ? ", but for \(earlier) of an earlier run" : "")
    }

    /// What failed is finished as well: going on does not try it again.
    private func noteFullDisk(_ tally: ProcessTally) {
        guard tally.withoutRoom > 0 else { return }
        environment.report(
            "For \(tally.withoutRoom) of them the disk was full. Make room and, when the job is complete, run the same "
                + "command with --on-conflict skip and without --resume."
        )
    }

    private func note(_ tally: ProcessTally) {
        if tally.skipped > 0 {
            environment.report("\(tally.skipped) of \(tally.done + tally.failed) were skipped: their files were there.")
        }
        if tally.warnings > 1, options.manifest.manifest == nil {
            environment.report("\(tally.warnings) files were written with a warning; --manifest FILE has them all.")
        }
    }

    func stopped(_ job: ProcessingJob, _ tally: ProcessTally) -> String {
        let finished = job.accounting.done + job.accounting.failed
        let advice = memory == nil ? "" : " Run the same command with --resume to go on."
        return "Stopped after \(finished) input\(finished == 1 ? "" : "s").\(advice)\(detour(tally))"
    }

    /// What gets a job past a video that stops it each time, since that is made from its beginning.
    private func detour(_ tally: ProcessTally) -> String {
        guard options.manifest.stopsOnError, !options.output.format.isPicture, tally.hasFailedFrames else { return "" }
        return " A video would be made anew and stop there again: --on-error continue goes past what failed in it."
    }
}
