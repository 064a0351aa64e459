internal import PenstockCore
internal import PenstockFlow

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
                return await job.handOver(item)
            }
            await job.finish()
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

extension ClassificationJob {
    /// A result as its taker sees it, in the light of those before it.
    private func handOver(_ item: ClassifiedPicture) async -> ClassifiedPicture {
        var result = timeline.refine(item)
        if item.failure == nil, result.failure != nil { flow.recountAsFailed() }
        if let latency = result.noteEnd(at: .now) { latencies.record(latency) }
        await drawing?.draw(result)
        result.companions = ClassifiedPicture.Companions()
        return result
    }

    private func finish() async {
        timeline.finish()
        // A job that was stopped before its end leaves nothing that looks whole; one without an end is whole when stopped.
        if isStopped, !options.isLive { drawing?.cancel() }
        noteEnd(drawn: await drawing?.finish())
    }
}
