package import Penstock
internal import PenstockCore
internal import PenstockFlow

/// What `--summary` writes: counts, times and the judgement, as JSON.
package struct SummaryReport: Sendable {
    private let summary: JobSummary
    private let bottleneck: Bottleneck
    private let peakMemory: Int
    private let extra: [JSONMember]

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - summary: What the job did.
    ///   - bottleneck: What held it back.
    ///   - peakMemory: The most memory that the process held, in bytes.
    ///   - extra: What else is known of the job, such as the model and the engine; it stands at the end.
    package init(_ summary: JobSummary, _ bottleneck: Bottleneck, peakMemory: Int, extra: [JSONMember] = []) {
        self.summary = summary
        self.bottleneck = bottleneck
        self.peakMemory = peakMemory
        self.extra = extra
    }

    /// The report as one object in one line, its newline included.
    package var json: [UInt8] {
        var output: [UInt8] = []
        OrderedJSON.object(members).append(to: &output)
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private var members: [JSONMember] {
        let accounting = summary.accounting
        return [
            JSONMember("received", .integer(accounting.received)),
            JSONMember("done", .integer(accounting.done)),
            JSONMember("failed", .integer(accounting.failed)),
            JSONMember("dropped", dropped),
            JSONMember("seconds", seconds(summary.seconds)),
            JSONMember("itemsPerSecond", .number((summary.itemsPerSecond * 1000).rounded() / 1000)),
            JSONMember("stages", stages),
            JSONMember("waits", waits),
            JSONMember("peakMemoryBytes", .integer(peakMemory)),
            JSONMember("bottleneck", .text(bottleneck.kind.rawValue)),
            JSONMember("workers", .integer(summary.workers)),
            JSONMember("requests", .integer(summary.requests)),
            JSONMember("batch", .integer(summary.batch)),
        ] + latency + streams + drawing + extra
    }

    private var latency: [JSONMember] {
        guard let latency = summary.latency else { return [] }
        let members = [
            JSONMember("p50", seconds(latency.p50.seconds)),
            JSONMember("p95", seconds(latency.p95.seconds)),
            JSONMember("p99", seconds(latency.p99.seconds)),
            JSONMember("max", seconds(latency.max.seconds)),
        ]
        return [JSONMember("latency", .object(members))]
    }

    private var streams: [JSONMember] {
        summary.streams.isEmpty ? [] : [JSONMember("streams", .array(summary.streams.map(stream)))]
    }

    private var drawing: [JSONMember] {
        guard let drawing = summary.drawing else { return [] }
        let members = [
            JSONMember("written", .integer(drawing.written)),
            JSONMember("dropped", .integer(drawing.dropped)),
            JSONMember("failed", .integer(drawing.failed)),
        ]
        return [JSONMember("annotated", .object(members))]
    }

    private func stream(_ stream: StreamSummary) -> OrderedJSON {
        let report = stream.report
        return .object([
            JSONMember("source", .text(stream.source.description)),
            JSONMember("decoded", .integer(report.decoded)),
            JSONMember("failed", .integer(report.failed)),
            JSONMember("dropped", .integer(report.dropped)),
            JSONMember("gaps", .integer(report.gaps)),
            JSONMember("gapSeconds", seconds(report.gapTime.seconds)),
            JSONMember("claimedRate", report.rate.claimed.map { .number(($0 * 1000).rounded() / 1000) } ?? .null),
            JSONMember("measuredRate", report.rate.measured.map { .number(($0 * 1000).rounded() / 1000) } ?? .null),
        ])
    }

    private var dropped: OrderedJSON {
        .object(
            Accounting.DropReason.allCases.compactMap { reason in
                summary.accounting.dropped[reason].map { JSONMember(reason.rawValue, .integer($0)) }
            }
        )
    }

    private var stages: OrderedJSON {
        let times = summary.stages
        return .object([
            JSONMember("read", seconds(times.read)),
            JSONMember("decode", seconds(times.decode)),
            JSONMember("preprocess", seconds(times.preprocess)),
            JSONMember("infer", seconds(times.infer)),
            JSONMember("write", seconds(times.write)),
        ])
    }

    private var waits: OrderedJSON {
        .object([
            JSONMember("slot", seconds(summary.stages.waitForSlot)),
            JSONMember("input", seconds(summary.stages.waitForInput)),
        ])
    }

    /// Microseconds are finer than anything that was measured.
    private func seconds(_ value: Double) -> OrderedJSON { .number((value * 1e6).rounded() / 1e6) }
}
