import Foundation
import Penstock
import PenstockCommands
import PenstockCore
import PenstockFlow
import Testing

/// Times as the meters of a job add them up.
private func stageTimes(
    read: Double = 0,
    decode: Double = 0,
    preprocess: Double = 0,
    infer: Double = 0,
    write: Double = 0,
    waitForSlot: Double = 0,
    waitForInput: Double = 0
) -> StageTimes {
    let meters = StageMeters()
    let stages: [(PenstockError.Stage, Double)] = [
        (.read, read), (.decode, decode), (.preprocess, preprocess), (.infer, infer), (.write, write),
    ]
    for (stage, seconds) in stages { meters.add(.nanoseconds(Int64((seconds * 1e9).rounded())), to: stage) }
    meters.addWait(.nanoseconds(Int64((waitForSlot * 1e9).rounded())), forSlot: true)
    meters.addWait(.nanoseconds(Int64((waitForInput * 1e9).rounded())), forSlot: false)
    return meters.times
}

@Suite struct ReportTests {
    static let summary: JobSummary = {
        var accounting = Accounting()
        for place in 0..<10 {
            accounting.receive()
            accounting.finish(place == 0 ? .failed : .done)
        }
        return JobSummary(
            accounting: accounting,
            seconds: 2.5,
            stages: stageTimes(
                read: 0.1,
                decode: 1.2345678,
                preprocess: 0.2,
                infer: 4.5,
                write: 0.01,
                waitForSlot: 3.4,
                waitForInput: 0
            ),
            workers: 2,
            requests: 2,
            batch: 4
        )
    }()

    static let bottleneck = Bottleneck.judge(summary.stages, seconds: 2.5, workers: 2, requests: 2, cores: 2)

    @Test func writesTheSummary() throws {
        let report = SummaryReport(
            Self.summary,
            Self.bottleneck,
            peakMemory: 1 << 20,
            extra: [
                JSONMember("model", .text("m\n.xml")), JSONMember("cached", .flag(true)),
                JSONMember("digest", .null),
            ]
        )
        let text = String(decoding: report.json, as: UTF8.self)
        #expect(
            text == #"{"received":10,"done":9,"failed":1,"dropped":{},"seconds":2.5,"itemsPerSecond":4.0,"#
                + #""stages":{"read":0.1,"decode":1.234568,"preprocess":0.2,"infer":4.5,"write":0.01},"#
                + #""waits":{"slot":3.4,"input":0.0},"peakMemoryBytes":1048576,"bottleneck":"inference","#
                + #""workers":2,"requests":2,"batch":4,"model":"m\n.xml","cached":true,"digest":null}"# + "\n"
        )
        #expect(try JSONSerialization.jsonObject(with: Data(report.json)) is [String: Any])
    }

    @Test func writesTheProfile() {
        #expect(ProfileReport.text(Self.summary, Self.bottleneck, peakMemory: 300 << 20) == Self.profile)
    }

    @Test func saysNothingFoolishOfAnEmptyJob() {
        let nothing = stageTimes()
        let summary = JobSummary(
            accounting: Accounting(),
            seconds: 0,
            stages: nothing,
            workers: 1,
            requests: 1,
            batch: 1
        )
        let bottleneck = Bottleneck.judge(nothing, seconds: 0, workers: 1, requests: 1, cores: 1)
        #expect(bottleneck.kind == .none)
        let text = ProfileReport.text(summary, bottleneck, peakMemory: 0)
        #expect(!text.contains("nan") && !text.contains("inf,"))
    }

    @Test func readsThePeakOfMemory() {
        #expect(PeakMemory.highWaterMark(in: "VmPeak:\t  9 kB\nVmHWM:\t  1234 kB\nVmRSS: 5 kB") == 1234 * 1024)
        #expect(PeakMemory.highWaterMark(in: "") == nil)
        #expect(PeakMemory.bytes() > 1 << 20)
    }

    static let profile = """
        10 pictures in 2.5 s, 4.00/s, with 2 workers, 2 requests, batches of 4

        stage          seconds       share  ms/picture
        read              0.10         2 %       10.00
        decode            1.23        20 %      123.46
        preprocess        0.20         3 %       20.00
        infer             4.50        74 %      450.00
        write             0.01         0 %        1.00

        Loaders waited 3.4 s for inference and 0.00 s for input, summed over 2 workers.
        Peak memory: 300 MiB.

        Limited by: inference. Loaders waited for inference 68 % of the time.
          would help: a smaller model
          would help: more cores
          would help: --precision bf16, where the device has it and --summary does not show it yet

        """
}

@Suite struct BottleneckTests {
    /// A job of ten seconds on two cores with two workers and two requests.
    private func kind(
        read: Double = 0.1,
        decode: Double = 1,
        infer: Double = 10,
        write: Double = 0,
        slot: Double = 0,
        input: Double = 0
    ) -> Bottleneck.Kind {
        let times = stageTimes(
            read: read,
            decode: decode,
            preprocess: decode / 5,
            infer: infer,
            write: write,
            waitForSlot: slot,
            waitForInput: input
        )
        return Bottleneck.judge(times, seconds: 10, workers: 2, requests: 2, cores: 2).kind
    }

    @Test func blamesInferenceWhenLoadersWaitForSlots() {
        #expect(kind(infer: 20, slot: 16) == .inference)
    }

    @Test func blamesLoadingWhenRequestsIdle() {
        #expect(kind(decode: 15, infer: 5) == .loading)
    }

    @Test func blamesReadingWhenBytesComeSlowly() {
        #expect(kind(read: 17, decode: 2, infer: 5) == .reading)
    }

    @Test func blamesTheSourceWhenLoadersWaitForInput() {
        #expect(kind(infer: 5, input: 15) == .source)
    }

    @Test func blamesWritingWhenResultsPileUp() {
        #expect(kind(write: 8, slot: 16) == .writing)
    }

    @Test func blamesTheCoresWhenBothAreBusy() {
        #expect(kind(decode: 8, infer: 19, slot: 7) == .cores)
    }

    @Test func advisesMoreWorkersOnlyWhereCoresAreLeft() {
        let times = stageTimes(decode: 9, infer: 3)
        let few = Bottleneck.judge(times, seconds: 10, workers: 1, requests: 2, cores: 8)
        let enough = Bottleneck.judge(times, seconds: 10, workers: 2, requests: 2, cores: 2)
        #expect(few.advice.first == "--workers 8")
        #expect(enough.advice.first == "--fast-decode")
    }
}

@Suite struct ProcessingBottleneckTests {
    /// A job of ten seconds on two cores with two workers.
    private func judge(
        read: Double = 0.1,
        decode: Double = 8,
        operations: Double = 2,
        write: Double = 8,
        slot: Double = 0,
        input: Double = 0
    ) -> Bottleneck {
        let times = stageTimes(
            read: read,
            decode: decode,
            preprocess: operations,
            infer: 0,
            write: write,
            waitForSlot: slot,
            waitForInput: input
        )
        return Bottleneck.judge(processing: times, seconds: 10, workers: 2, cores: 2)
    }

    @Test func blamesTheDiskWhenWorkersWaitForIt() { #expect(judge(slot: 15).kind == .writing) }

    @Test func blamesTheSourceWhenWorkersWaitForInput() { #expect(judge(decode: 1, input: 15).kind == .source) }

    @Test func blamesVideosWhoseDecodingWorkersWaitFor() { #expect(judge(decode: 9, input: 15).kind == .loading) }

    @Test func blamesReadingWhenBytesComeSlowly() { #expect(judge(read: 15, decode: 1, write: 1).kind == .reading) }

    @Test func blamesTheCoresWhenWorkersAreBusy() { #expect(judge().kind == .cores) }

    @Test func advisesCheaperEncodingWhereThatIsMostOfTheWork() {
        #expect(judge(decode: 2, write: 14).advice.first?.contains("--compression") == true)
        #expect(judge(decode: 14, write: 2).advice == ["more cores"])
    }
}
