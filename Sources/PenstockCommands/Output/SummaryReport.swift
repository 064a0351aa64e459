package import Penstock
internal import PenstockCore
internal import PenstockFlow

/// What `--summary` writes: counts, times and the judgement, as JSON.
package struct SummaryReport: Sendable {
    private let summary: JobSummary
    private let bottleneck: Bottleneck
    private let peakMemory: Int
    private let extra: [SummaryMember]

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - summary: What the job did.
    ///   - bottleneck: What held it back.
    ///   - peakMemory: The most memory that the process held, in bytes.
    ///   - extra: What else is known of the job, such as the model and the engine; it stands at the end.
    package init(_ summary: JobSummary, _ bottleneck: Bottleneck, peakMemory: Int, extra: [SummaryMember] = []) {
        self.summary = summary
        self.bottleneck = bottleneck
        self.peakMemory = peakMemory
        self.extra = extra
    }

    /// The report as one object in one line, its newline included.
    package var json: [UInt8] {
        var output: [UInt8] = []
        SummaryValue.object(members).append(to: &output)
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private var members: [SummaryMember] {
        let accounting = summary.accounting
        return [
            SummaryMember("received", .integer(accounting.received)),
            SummaryMember("done", .integer(accounting.done)),
            SummaryMember("failed", .integer(accounting.failed)),
            SummaryMember("dropped", dropped),
            SummaryMember("seconds", seconds(summary.seconds)),
            SummaryMember("itemsPerSecond", .number((summary.itemsPerSecond * 1000).rounded() / 1000)),
            SummaryMember("stages", stages),
            SummaryMember("waits", waits),
            SummaryMember("peakMemoryBytes", .integer(peakMemory)),
            SummaryMember("bottleneck", .text(bottleneck.kind.rawValue)),
            SummaryMember("workers", .integer(summary.workers)),
            SummaryMember("requests", .integer(summary.requests)),
            SummaryMember("batch", .integer(summary.batch)),
        ] + extra
    }

    private var dropped: SummaryValue {
        .object(
            Accounting.DropReason.allCases.compactMap { reason in
                summary.accounting.dropped[reason].map { SummaryMember(reason.rawValue, .integer($0)) }
            }
        )
    }

    private var stages: SummaryValue {
        let times = summary.stages
        return .object([
            SummaryMember("read", seconds(times.read)),
            SummaryMember("decode", seconds(times.decode)),
            SummaryMember("preprocess", seconds(times.preprocess)),
            SummaryMember("infer", seconds(times.infer)),
            SummaryMember("write", seconds(times.write)),
        ])
    }

    private var waits: SummaryValue {
        .object([
            SummaryMember("slot", seconds(summary.stages.waitForSlot)),
            SummaryMember("input", seconds(summary.stages.waitForInput)),
        ])
    }

    /// Microseconds are finer than anything that was measured.
    private func seconds(_ value: Double) -> SummaryValue { .number((value * 1e6).rounded() / 1e6) }
}
