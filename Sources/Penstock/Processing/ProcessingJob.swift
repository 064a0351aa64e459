public import PenstockCore
public import PenstockFlow
internal import PenstockImages
internal import PenstockVideo
internal import Synchronization

/// Reads pictures and frames, transforms them and writes them, each step beside the others, within fixed bounds.
///
/// A job is read once, by one task: its elements are what became of each item, in the items' order unless that is given
/// up, after the item's file has its name; frames that go into one video are told before that is whole. Leaving the loop early, or cancelling the task, stops the job and gives back all that it holds.
public final class ProcessingJob: Sendable {
    /// What a job is to do.
    public struct Options: Sendable {
        /// What is done to each picture, in this order.
        public var operations: [PictureOperation] = []
        /// Where the files go.
        public var output: OutputSettings
        /// What is done with videos among the inputs.
        public var video = VideoSettings()
        /// Threads that decode, transform and encode; `nil` chooses.
        public var workers: Int?
        /// How many items may be under way or done ahead of the slowest; `nil` chooses.
        public var window: Int?
        /// Whether results come in the order of the inputs.
        public var isOrdered = true
        /// Whether the first failure stops the job.
        public var stopsOnError = false
        /// The most pixels that a picture may have.
        public var maxPixels = ClassificationJob.Options().maxPixels
        /// Whether a file that is cut short is decoded as far as it goes.
        public var allowsTruncated = false
        /// How long an address may take to answer.
        public var timeout = ClassificationJob.Options().timeout
        /// What an earlier run has done already.
        package var recorded: RecordedItems?
        /// When the job began that this one goes on with: what is younger is its own.
        package var began: DiskTime?
        /// What keeps account on disk.
        package var record: (any ProcessRecord)?
        /// What is called before each file is written; it may take its time or throw, as a disk does.
        package var writeHook: WriteHook?

        /// Makes the default options for an output.
        public init(output: OutputSettings) {
            self.output = output
        }
    }

    let options: Options
    let flow: Flow<ProcessingStages>
    let naming: NamingThread
    let writing: DiskWriting
    let slots: LeasePool<OutputSlot>
    let outputs: VideoOutputs
    private let source: PictureSource
    private let plan: ProcessingPlan
    private let meters = StageMeters()
    private let inputs: JobInputs
    /// Frames that have been through steps that need their order.
    private let stepped: FramePool
    private let state = Mutex(State())

    private struct State: Sendable {
        var isStopped = false
        var started: MonotonicTime?
        var ended: MonotonicTime?
        var skipped = 0
        var bytesWritten = 0
    }

    /// Prepares a job: makes the folder for its files, and keeps other jobs out of it.
    ///
    /// - Throws: A `PenstockError` where the output's place will not do, or an operation cannot be carried out at all.
    public init(_ source: PictureSource, options: Options) throws {
        self.source = source
        self.options = options
        let place = try OutputPlace(options.output)
        _ = try OperationChain(options.operations)
        try options.output.check(options.operations)
        if place.file == nil, options.output.onConflict == .overwrite {
            try InputFolders(of: source).check(apartFrom: place.folder)
        }
        let folder = try OutputFolder(place.folder, isExclusive: place.file == nil, began: options.began)
        plan = try ProcessingPlan(options, of: source, in: folder, only: place.file)
        outputs = VideoOutputs(plan)
        naming = try NamingThread(Naming(in: folder, options.output, record: options.record))
        writing = DiskWriting(
            into: folder,
            isDurable: options.output.isDurable,
            hook: options.writeHook,
            meters: meters
        )
        inputs = JobInputs(timeout: options.timeout, frameLimit: options.frameLimit)
        stepped = FramePool(limit: options.frameLimit)
        slots = LeasePool((0..<options.slotCount).map { _ in OutputSlot() })
        flow = Flow(
            ProcessingStages(plan, writing, meters),
            leases: slots,
            configuration: options.flow(over: source, needsOrder: plan.encodesVideos),
            meters: meters
        )
    }

    /// The path of the unfinished twin of an item's file, beside that file.
    package static func unfinished(of output: FilePath, index: Int) -> FilePath {
        output.parent.appending(".penstock-\(index).partial")
    }

    /// Whether a job that was killed may have left what has this name: an unfinished file of any number, behind which a
    /// video's ending may follow while it is encoded, or what a folder's clock was read by.
    package static func isLeftover(_ name: [UInt8]) -> Bool {
        if DiskTime.isProbe(name) { return true }
        let prefix = Array(".penstock-".utf8)
        guard name.starts(with: prefix) else { return false }
        let rest = name.dropFirst(prefix.count)
        let number = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return !number.isEmpty && rest.dropFirst(number.count).starts(with: ".partial".utf8)
    }
}

// MARK: - Life

extension ProcessingJob {
    /// Takes no more items, and finishes those under way; their results still come.
    public func stop() {
        // Before the flow comes to its end, at which a video that was not cut would be finished.
        state.withLock { $0.isStopped = true }
        outputs.cancel()
        flow.stop()
        stopSources()
    }

    func abandon() {
        flow.abandon()
        stopSources()
        writing.cancel()
        outputs.cancel()
    }

    /// Whether the job was told to stop before its inputs were at their end.
    var isStopped: Bool { state.withLock { $0.isStopped } || inputs.isStopped }

    private func stopSources() {
        inputs.stop()
        stepped.close()
    }

    func start() -> PenstockError? {
        let isFirst = state.withLock { state in
            defer { state.started = .now }
            return state.started == nil
        }
        precondition(isFirst, "a job's results are read once; make another job")
        do throws(PenstockError) {
            try writing.start()
            try flow.start(source: makeInputs())
            return nil
        } catch {
            abandon()
            return error
        }
    }

    /// What the source's thread calls to begin. It does not keep the job alive.
    private func makeInputs()
        -> @Sendable () throws(PenstockError) -> any IteratorProtocol<SourceElement<PictureInput, PendingItem>>
    {
        let reading = inputs.reading(
            source,
            after: options.recorded,
            options.reading,
            route: ProcessingRoute(
                plan: plan,
                operations: Array(options.operations[..<plan.orderedCount]),
                pool: stepped
            ),
            leavingOut: plan.leavesOut,
            meters: meters
        )
        return { () throws(PenstockError) in ProcessedInputs(try reading.inputs()) }
    }
}

// MARK: - Accounts

extension ProcessingJob {
    /// Where every item is at this moment. After a cancellation, results that nobody took count as what they were.
    public var accounting: Accounting { flow.accounting }

    /// How many files in folders were not taken for pictures or videos, going by their names, and the first of them.
    public var filesLeftOut: (count: Int, first: FilePath?) { inputs.leftOut }

    /// What the job did and where its time went; whole once the last result was taken.
    public var summary: ProcessSummary {
        let state = state.withLock { $0 }
        return ProcessSummary(
            accounting: flow.accounting,
            skipped: state.skipped,
            bytesWritten: state.bytesWritten,
            seconds: state.started.map { ((state.ended ?? .now) - $0).seconds } ?? 0,
            stages: meters.times,
            workers: options.workerCount,
            streams: inputs.streams
        )
    }

    func note(_ results: [ProcessedPicture]) {
        state.withLock { state in
            for result in results {
                if case .skipped = result.outcome { state.skipped += 1 }
                state.bytesWritten += result.outcome.file?.bytes ?? 0
            }
        }
    }

    /// Accounts for frames that count as done, and whose video came to nothing.
    func recountFrames(_ count: Int) {
        for _ in 0..<count { flow.recountAsFailed() }
    }

    /// Notes that every result has been taken: nothing is written any more.
    func noteEnd() {
        writing.close()
        state.withLock { $0.ended = $0.ended ?? .now }
    }
}
