package import Penstock
internal import PenstockCore
internal import PenstockFlow

/// What `--summary` writes: counts, times and the judgement, as JSON.
package struct SummaryReport: Sendable {
    private let members: [JSONMember]

    /// Makes a report of a classification.
    ///
    /// - Parameters:
    ///   - summary: What the job did.
    ///   - bottleneck: What held it back.
    ///   - peakMemory: The most memory that the process held, in bytes.
    ///   - extra: What else is known of the job, such as the model and the engine; it stands at the end.
    package init(_ summary: JobSummary, _ bottleneck: Bottleneck, peakMemory: Int, extra: [JSONMember] = []) {
        let stages = summary.stages
        members =
            Self.counts(summary.accounting) + [Self.dropped(summary.accounting)]
            + Self.speed(summary.seconds, summary.itemsPerSecond)
            + [JSONMember("stages", Self.stages(stages.ofClassifying)), Self.waits(stages)]
            + Self.judgement(bottleneck, peakMemory) + [
                JSONMember("workers", .integer(summary.workers)),
                JSONMember("requests", .integer(summary.requests)),
                JSONMember("batch", .integer(summary.batch)),
            ] + Self.latency(summary.latency) + Self.streams(summary.streams) + Self.drawing(summary.drawing) + extra
    }

    /// Makes a report of a processing job.
    package init(_ summary: ProcessSummary, _ bottleneck: Bottleneck, peakMemory: Int) {
        members =
            Self.counts(summary.accounting) + [
                JSONMember("skipped", .integer(summary.skipped)), Self.dropped(summary.accounting),
                JSONMember("bytesWritten", .integer(summary.bytesWritten)),
            ] + Self.speed(summary.seconds, summary.itemsPerSecond)
            + [JSONMember("stages", Self.stages(summary.stages.ofProcessing)), Self.waits(summary.stages)]
            + Self.judgement(bottleneck, peakMemory) + [JSONMember("workers", .integer(summary.workers))]
            + Self.streams(summary.streams)
    }

    /// The report as one object in one line, its newline included.
    package var json: [UInt8] {
        var output: [UInt8] = []
        OrderedJSON.object(members).append(to: &output)
        output.append(UInt8(ascii: "\n"))
        return output
    }
}

extension SummaryReport {
    private static func counts(_ accounting: Accounting) -> [JSONMember] {
        [
            JSONMember("received", .integer(accounting.received)),
            JSONMember("done", .integer(accounting.done)),
            JSONMember("failed", .integer(accounting.failed)),
        ]
    }

    private static func dropped(_ accounting: Accounting) -> JSONMember {
        let reasons = Accounting.DropReason.allCases.compactMap { reason in
            accounting.dropped[reason].map { JSONMember(reason.rawValue, .integer($0)) }
        }
        return JSONMember("dropped", .object(reasons))
    }

    private static func speed(_ time: Double, _ itemsPerSecond: Double) -> [JSONMember] {
        [
            JSONMember("seconds", seconds(time)),
            JSONMember("itemsPerSecond", .number((itemsPerSecond * 1000).rounded() / 1000)),
        ]
    }

    private static func judgement(_ bottleneck: Bottleneck, _ peakMemory: Int) -> [JSONMember] {
        [
            JSONMember("peakMemoryBytes", .integer(peakMemory)),
            JSONMember("bottleneck", .text(bottleneck.kind.rawValue)),
        ]
    }

    private static func latency(_ latency: LatencySummary?) -> [JSONMember] {
        guard let latency else { return [] }
        let members = [
            JSONMember("p50", seconds(latency.p50.seconds)),
            JSONMember("p95", seconds(latency.p95.seconds)),
            JSONMember("p99", seconds(latency.p99.seconds)),
            JSONMember("max", seconds(latency.max.seconds)),
        ]
        return [JSONMember("latency", .object(members))]
    }

    private static func streams(_ streams: [StreamSummary]) -> [JSONMember] {
        streams.isEmpty ? [] : [JSONMember("streams", .array(streams.map(stream)))]
    }

    private static func drawing(_ drawing: DrawingSummary?) -> [JSONMember] {
        guard let drawing else { return [] }
        let members = [
            JSONMember("written", .integer(drawing.written)),
            JSONMember("dropped", .integer(drawing.dropped)),
            JSONMember("failed", .integer(drawing.failed)),
        ]
        return [JSONMember("annotated", .object(members))]
    }

    private static func stream(_ stream: StreamSummary) -> OrderedJSON {
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

    private static func stages(_ stages: [StageTime]) -> OrderedJSON {
        .object(stages.map { JSONMember($0.name, seconds($0.seconds)) })
    }

    private static func waits(_ times: StageTimes) -> JSONMember {
        let members = [
            JSONMember("slot", seconds(times.waitForSlot)), JSONMember("input", seconds(times.waitForInput)),
        ]
        return JSONMember("waits", .object(members))
    }

    /// Microseconds are finer than anything that was measured.
    private static func seconds(_ value: Double) -> OrderedJSON { .number((value * 1e6).rounded() / 1e6) }
}
