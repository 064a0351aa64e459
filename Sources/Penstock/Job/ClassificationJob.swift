public import PenstockCore
public import PenstockFlow
internal import PenstockImages
internal import PenstockVideo
internal import Synchronization

/// The results of classifying a source, in order, as they come.
///
/// A job is read once, by one task. Leaving the loop early, or cancelling the task, stops the job and gives back all
/// that it holds; so does letting go of it.
public final class ClassificationJob: Sendable {
    let panel: Panel
    let options: Options
    let flow: Flow<ClassificationStages>
    let timeline: Timeline
    let latencies = LatencyHistogram()
    let drawing: ResultDrawing?
    private let drawn = Mutex<DrawingSummary?>(nil)
    private let source: PictureSource
    private let meters = StageMeters()
    private let inputs: JobInputs
    private let arriving: ArrivingInputs?
    private let clock = Mutex<(started: MonotonicTime?, ended: MonotonicTime?)>((nil, nil))

    init(panel: Panel, source: PictureSource, options: Options) {
        self.panel = panel
        self.source = source
        self.options = options
        inputs = JobInputs(timeout: options.timeout, frameLimit: options.frameLimit(panel))
        let stages = ClassificationStages(panel: panel, options: options, meters: meters)
        timeline = Timeline(options, reader: stages.readers[0])
        drawing = options.annotation.map { ResultDrawing(at: $0, of: source, isLive: options.isLive) }
        let flow = Flow(
            stages,
            leases: panel.leases,
            configuration: options.flow(panel, over: source),
            meters: meters
        )
        self.flow = flow
        arriving = options.isLive ? ArrivingInputs { reason, count in flow.drop(reason, count: count) } : nil
    }
}

// MARK: - Life

extension ClassificationJob {
    /// Takes no more pictures, and finishes those that have a place in a batch; their results still come.
    public func stop() {
        flow.stop()
        stopSources()
    }

    func abandon() {
        flow.abandon()
        stopSources()
        drawing?.cancel()
    }

    private func stopSources() {
        inputs.stop()
        arriving?.stop()
    }

    func start() -> PenstockError? {
        let isFirst = clock.withLock { clock in
            defer { clock.started = .now }
            return clock.started == nil
        }
        precondition(isFirst, "a job's results are read once; ask the session for another job")
        do throws(PenstockError) {
            try options.check(panel)
            try flow.start(source: makeInputs())
            return nil
        } catch {
            return error
        }
    }

    /// Whether the job was told to stop before its inputs were at their end.
    var isStopped: Bool { inputs.isStopped }

    func noteEnd(drawn summary: DrawingSummary?) {
        drawn.withLock { $0 = $0 ?? summary }
        clock.withLock { $0.ended = $0.ended ?? .now }
    }
}

// MARK: - Inputs

extension ClassificationJob {
    private typealias Inputs = any IteratorProtocol<SourceElement<PictureInput, ClassifiedPicture>>

    /// What the source's thread calls to begin. It does not keep the job alive.
    private func makeInputs() -> @Sendable () throws(PenstockError) -> Inputs {
        let reading = reading()
        guard let arriving else {
            return { [keepsFrames = options.annotates] () throws(PenstockError) in
                ClassifiedInputs(try reading.inputs(), keepsFrames: keepsFrames)
            }
        }
        let live = LiveInputs(reading: reading, options: options, arriving: arriving)
        return { () throws(PenstockError) in try live.inputs() }
    }

    private func reading() -> ReadInputs {
        inputs.reading(
            source,
            after: options.recorded,
            options.reading(panel),
            stillThreshold: options.video.stillThreshold,
            meters: meters
        )
    }
}

// MARK: - Accounts

extension ClassificationJob {
    /// Where every item is at this moment. After a cancellation, results that nobody took count as what they were.
    public var accounting: Accounting { flow.accounting }

    /// How many files in folders were not taken for pictures or videos, going by their names, and the first of them.
    public var filesLeftOut: (count: Int, first: FilePath?) { inputs.leftOut }

    /// What the job did so far and where its time went.
    public var summary: JobSummary {
        let (started, ended) = clock.withLock { $0 }
        var summary = JobSummary(
            accounting: flow.accounting,
            seconds: started.map { ((ended ?? .now) - $0).seconds } ?? 0,
            stages: meters.times,
            workers: options.workers(panel),
            requests: panel.leases.count,
            batch: panel.capacity
        )
        summary.latency = latencies.summary
        summary.drawing = drawn.withLock { $0 }
        summary.streams = inputs.streams + (arriving?.streams ?? [])
        return summary
    }

    /// Adds time that the caller spent writing results to the job's meters.
    package func addWriting(_ duration: Duration) {
        meters.add(duration, to: .write)
    }
}
