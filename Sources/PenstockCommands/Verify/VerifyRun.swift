internal import Penstock
internal import PenstockCore
internal import PenstockFlow

/// One verification as the command line runs it: results are compared as they come, and the report is printed at the end.
struct VerifyRun {
    let session: Session
    let options: VerifyOptions
    let names: ClassNames
    let environment: CommandEnvironment

    /// Runs to the end, or to where the user stops it.
    func run(against reference: ReferenceReader, _ summary: ReferenceSummary?) async throws -> ExitCode {
        let job = session.classify(options.source, options: options.job(classes: names.count))
        let interruption = Interruption { job.stop() }
        let tolerance = options.tolerance ?? Comparison.usualTolerance(for: session.contract)
        var findings = VerifyFindings(
            comparison: Comparison(names, tolerance: tolerance, grows: options.tolerance == nil, shown: options.shown)
        )
        try await compare(job, reference, &findings) { interruption.hasCome }
        if interruption.hasCome {
            environment.report("Stopped after \(findings.seen) inputs; what was not compared says nothing.")
            return .interrupted
        }
        if !options.isSubset { findings.onlyThere = try await reference.unused(VerifyFindings.named) }
        let report = VerifyReport(
            findings: findings,
            options: options,
            identity: try await session.identity(),
            summary: summary
        )
        let printed = environment.print(report.text)
        environment.note(filesLeftOut: job.filesLeftOut)
        return printed == .success ? (report.verdict.isSame ? .success : .someFailed) : printed
    }

    /// Compares every result as it comes. Differences of a job that is cut do not get their file's name.
    private func compare(
        _ job: ClassificationJob,
        _ reference: ReferenceReader,
        _ findings: inout VerifyFindings,
        isCut: () -> Bool
    ) async throws {
        let lines = try options.output.map { (path) throws(PenstockError) in try DifferenceLines(path) }
        let progress = ProgressReporter(
            ProgressStyle(options.progress, in: environment, resultsOnTerminal: false),
            in: environment
        )
        defer { progress.clear() }
        do {
            for try await item in job {
                if case .event = item.outcome { continue }
                let found = try await reference.find(item.source, item.moment?.frame)
                let finding = try findings.add(item, found)
                try await lines?.write(item, finding, findings.comparison.tolerance)
                progress.update(done: findings.seen, failed: findings.comparison.failures.here)
            }
            if isCut() { await lines?.abandon() } else { try await lines?.finish() }
        } catch {
            await lines?.abandon()
            throw error
        }
    }
}
