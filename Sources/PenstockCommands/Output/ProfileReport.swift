package import Penstock
internal import PenstockFlow

/// What `--profile` shows: where the time went, what limited the job, and what would help.
package struct ProfileReport {
    private let count: Int
    private let seconds: Double
    private let rate: Double
    private let setting: [String]
    private let stages: [StageTime]
    private let waits: String
}

extension ProfileReport {
    /// The report of a classification, in lines.
    package static func text(_ summary: JobSummary, _ bottleneck: Bottleneck, peakMemory: Int) -> String {
        let report = ProfileReport(
            count: summary.accounting.done + summary.accounting.failed,
            seconds: summary.seconds,
            rate: summary.itemsPerSecond,
            setting: [
                counted(summary.workers, "worker"), counted(summary.requests, "request"),
                "batches of \(summary.batch)",
            ],
            stages: summary.stages.ofClassifying,
            waits: waits("Loaders", for: "inference", summary.stages, summary.workers)
        )
        return report.text(bottleneck, peakMemory)
    }

    /// The report of a processing job, in lines.
    package static func text(_ summary: ProcessSummary, _ bottleneck: Bottleneck, peakMemory: Int) -> String {
        let report = ProfileReport(
            count: summary.accounting.done + summary.accounting.failed,
            seconds: summary.seconds,
            rate: summary.itemsPerSecond,
            setting: [counted(summary.workers, "worker")],
            stages: summary.stages.ofProcessing,
            waits: waits("Workers", for: "the disk", summary.stages, summary.workers)
        )
        return report.text(bottleneck, peakMemory)
    }

    private static func waits(_ who: String, for what: String, _ times: StageTimes, _ workers: Int) -> String {
        "\(who) waited \(TimeText.span(times.waitForSlot)) for \(what) and "
            + "\(TimeText.span(times.waitForInput)) for input, summed over \(counted(workers, "worker"))."
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

// MARK: - Layout

extension ProfileReport {
    private func text(_ bottleneck: Bottleneck, _ peakMemory: Int) -> String {
        var lines = [heading, ""]
        lines.append(Self.row(["stage", "seconds", "share", "ms/picture"]))
        lines += stages.map(row)
        lines += ["", waits, Self.memory(peakMemory), "", Self.limit(bottleneck)]
        lines += bottleneck.advice.map { "  would help: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: String {
        "\(Self.counted(count, "picture")) in \(TimeText.span(seconds)), \(TimeText.rate(rate)), "
            + "with \(setting.joined(separator: ", "))"
    }

    /// Shares are of the sum of the stages, which run at the same time and together take longer than the job.
    private func row(_ stage: StageTime) -> String {
        let total = stages.reduce(0) { $0 + $1.seconds }
        return Self.row([
            stage.name,
            DecimalText.fixed(stage.seconds, 2),
            total > 0 ? DecimalText.fixed(stage.seconds / total * 100, 0) + " %" : "-",
            count > 0 ? DecimalText.fixed(stage.seconds * 1000 / Double(count), 2) : "-",
        ])
    }

    private static func row(_ cells: [String]) -> String {
        cells.enumerated().map { place, cell in
            let padding = String(repeating: " ", count: max(0, (place == 0 ? 10 : 12) - cell.count))
            return place == 0 ? cell + padding : padding + cell
        }.joined()
    }

    private static func memory(_ bytes: Int) -> String {
        "Peak memory: \(DecimalText.fixed(Double(bytes) / 1_048_576, 0)) MiB."
    }

    private static func limit(_ bottleneck: Bottleneck) -> String {
        "Limited by: \(bottleneck.kind.rawValue). \(bottleneck.reason)"
    }
}
