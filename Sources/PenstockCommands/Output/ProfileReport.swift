package import Penstock
internal import PenstockFlow

/// What `--profile` shows: where the time went, what limited the job, and what would help.
package enum ProfileReport {
    /// The report, in lines.
    package static func text(_ summary: JobSummary, _ bottleneck: Bottleneck, peakMemory: Int) -> String {
        var lines = [heading(summary), ""]
        lines.append(row(["stage", "seconds", "share", "ms/picture"]))
        lines += stages(summary).map { row($0, summary) }
        lines += ["", waits(summary), memory(peakMemory), "", limit(bottleneck)]
        lines += bottleneck.advice.map { "  would help: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func heading(_ summary: JobSummary) -> String {
        let count = summary.accounting.done + summary.accounting.failed
        let setting = [
            counted(summary.workers, "worker"), counted(summary.requests, "request"), "batches of \(summary.batch)",
        ]
        return "\(counted(count, "picture")) in \(TimeText.span(summary.seconds)), "
            + "\(TimeText.rate(summary.itemsPerSecond)), with \(setting.joined(separator: ", "))"
    }

    private static func stages(_ summary: JobSummary) -> [(name: String, seconds: Double)] {
        let times = summary.stages
        return [
            ("read", times.read), ("decode", times.decode), ("preprocess", times.preprocess), ("infer", times.infer),
            ("write", times.write),
        ]
    }

    /// Shares are of the sum of the stages, which run at the same time and together take longer than the job.
    private static func row(_ stage: (name: String, seconds: Double), _ summary: JobSummary) -> String {
        let total = stages(summary).reduce(0) { $0 + $1.seconds }
        let count = summary.accounting.done + summary.accounting.failed
        return row([
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

    private static func waits(_ summary: JobSummary) -> String {
        let times = summary.stages
        return "Loaders waited \(TimeText.span(times.waitForSlot)) for inference and "
            + "\(TimeText.span(times.waitForInput)) for input, summed over \(counted(summary.workers, "worker"))."
    }

    private static func memory(_ bytes: Int) -> String {
        "Peak memory: \(DecimalText.fixed(Double(bytes) / 1_048_576, 0)) MiB."
    }

    private static func limit(_ bottleneck: Bottleneck) -> String {
        "Limited by: \(bottleneck.kind.rawValue). \(bottleneck.reason)"
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
