public import PenstockCore
public import PenstockFlow
internal import PenstockImages
internal import Synchronization

/// The results of classifying a source, in order, as they come.
///
/// A job is read once, by one task. Leaving the loop early, or cancelling the task, stops the job and gives back all
/// that it holds; so does letting go of it.
public final class ClassificationJob: Sendable {
    let session: Session
    private let flow: Flow<ClassificationStages>
    private let options: Options
    private let source: PictureSource
    private let meters = StageMeters()
    private let leftOut = UnwantedFiles()
    private let stopping: CancellationFlag
    private let remote: RemotePictures
    private let clock = Mutex<(started: MonotonicTime?, ended: MonotonicTime?)>((nil, nil))

    init(session: Session, source: PictureSource, options: Options) {
        self.session = session
        self.source = source
        self.options = options
        let stopping = CancellationFlag()
        self.stopping = stopping
        remote = RemotePictures(stopping: stopping, fetch: options.fetcher(stopping))
        flow = Flow(
            ClassificationStages(session: session, options: options, meters: meters),
            leases: session.requests,
            configuration: options.flow(session),
            meters: meters
        )
    }
}

// MARK: - Results

extension ClassificationJob: AsyncSequence {
    public typealias Element = ClassifiedPicture

    /// Starts the job.
    ///
    /// - Precondition: Nobody has asked for this job's results before.
    public func makeAsyncIterator() -> Iterator {
        Iterator(self)
    }

    /// Takes a job's results one by one.
    public struct Iterator: AsyncIteratorProtocol {
        private let taker: Taker

        fileprivate init(_ job: ClassificationJob) {
            taker = Taker(job)
        }

        /// The next result; `nil` at the end.
        ///
        /// - Throws: `CancellationError` when the task was cancelled, `PenstockError` when the job could not start.
        public func next() async throws -> ClassifiedPicture? {
            try await taker.next()
        }
    }

    /// Stops the job when the iterator goes away.
    fileprivate final class Taker: Sendable {
        private let job: ClassificationJob
        private let startFailure: PenstockError?

        init(_ job: ClassificationJob) {
            self.job = job
            startFailure = job.start()
        }

        deinit {
            job.abandon()
        }

        func next() async throws -> ClassifiedPicture? {
            if let startFailure { throw startFailure }
            while let item = await nextOfFlow() {
                // What was given up because the job was stopped has no result.
                if case .dropped = item.ending { continue }
                return item
            }
            job.noteEnd()
            if let failure = job.flow.sourceFailure { throw failure }
            try Task.checkCancellation()
            return nil
        }

        private func nextOfFlow() async -> ClassifiedPicture? {
            await withTaskCancellationHandler {
                await job.flow.next()
            } onCancel: {
                job.abandon()
            }
        }
    }
}

// MARK: - Life

extension ClassificationJob {
    /// Takes no more pictures, and finishes those that have a place in a batch; their results still come.
    public func stop() {
        stopping.raise()
        flow.stop()
        remote.close()
    }

    fileprivate func abandon() {
        stopping.raise()
        flow.abandon()
        remote.close()
    }

    /// Where every item is at this moment. After a cancellation, results that nobody took count as what they were.
    public var accounting: Accounting { flow.accounting }

    /// How many files in folders were not taken for pictures, going by their names, and the first of them.
    public var filesLeftOut: (count: Int, first: FilePath?) { leftOut.found }

    /// What the job did so far and where its time went.
    public var summary: JobSummary {
        let (started, ended) = clock.withLock { $0 }
        return JobSummary(
            accounting: flow.accounting,
            seconds: started.map { ((ended ?? .now) - $0).seconds } ?? 0,
            stages: meters.times,
            workers: options.workers(session),
            requests: session.requests.count,
            batch: session.batch.capacity
        )
    }

    /// Adds time that the caller spent writing results to the job's meters.
    package func addWriting(_ duration: Duration) {
        meters.add(duration, to: .write)
    }

    fileprivate func start() -> PenstockError? {
        let isFirst = clock.withLock { clock in
            defer { clock.started = .now }
            return clock.started == nil
        }
        precondition(isFirst, "a job's results are read once; ask the session for another job")
        do throws(PenstockError) {
            try flow.start { [source, options, leftOut, remote, opening = videoOpening] () throws(PenstockError) in
                let walker = InputWalker(source, unwanted: leftOut)
                return try RemainingInputs(
                    of: ExpandedInputs(walker, open: opening),
                    after: options.recorded,
                    remote: remote
                )
            }
            return nil
        } catch {
            return error
        }
    }

    fileprivate func noteEnd() {
        clock.withLock { $0.ended = $0.ended ?? .now }
    }
}
