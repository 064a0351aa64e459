internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

extension ProcessingJob: AsyncSequence {
    public typealias Element = ProcessedPicture

    /// Starts the job.
    ///
    /// - Precondition: Nobody has asked for this job's results before.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Takes a job's results one by one.
    public struct Iterator: AsyncIteratorProtocol {
        private let taker: Taker

        fileprivate init(_ job: ProcessingJob) {
            taker = Taker(job)
        }

        /// The next result; `nil` at the end.
        ///
        /// - Throws: `CancellationError` when the task was cancelled, `PenstockError` when the job could not start, or the
        ///   record of it not be kept.
        public func next() async throws -> ProcessedPicture? {
            try await taker.next()
        }
    }

    /// Has files named a batch at a time, and gives out what became of them; stops the job when the iterator goes away.
    fileprivate final class Taker: Sendable {
        private let job: ProcessingJob
        private let startFailure: PenstockError?
        /// Results that nobody has asked for yet, the last first.
        private let results = Mutex<[ProcessedPicture]>([])

        /// The most items of a batch: enough for one sync of a folder to be shared, and few enough not to be waited for.
        private static let mostOfBatch = 64

        init(_ job: ProcessingJob) {
            self.job = job
            startFailure = job.start()
        }

        deinit {
            job.abandon()
        }

        func next() async throws -> ProcessedPicture? {
            if let startFailure { throw startFailure }
            while true {
                if let result = results.withLock({ $0.popLast() }) { return handOver(result) }
                let batch = await nextBatch()
                let ready = batch.isEmpty ? await lastVideo() : await encoded(batch)
                if batch.isEmpty, ready.isEmpty { return try end() }
                let finished = try await finish(ready)
                results.withLock { $0 = finished.reversed() }
            }
        }

        private func handOver(_ result: ProcessedPicture) -> ProcessedPicture {
            if job.options.stopsOnError, case .failed = result.outcome { job.stop() }
            return result
        }

        private func end() throws -> ProcessedPicture? {
            job.noteEnd()
            if let failure = job.flow.sourceFailure { throw failure }
            try Task.checkCancellation()
            return nil
        }
    }
}

// MARK: - Batches

extension ProcessingJob.Taker {
    /// The next item, as soon as there is one, and those that are ready behind it; none at the end.
    private func nextBatch() async -> [PendingItem] {
        var batch: [PendingItem] = []
        while batch.isEmpty {
            guard let first = await nextOfFlow() else { return [] }
            batch = [first]
            while batch.count < Self.mostOfBatch, let item = job.flow.takeIfReady() { batch.append(item) }
            // What was given up because the job was stopped has no result.
            batch.removeAll(where: \.wasDropped)
        }
        return batch
    }

    private func nextOfFlow() async -> PendingItem? {
        await withTaskCancellationHandler {
            await job.flow.next()
        } onCancel: {
            job.abandon()
        }
    }

    /// The batch after its frames are on their way into videos, with the videos that it ends.
    private func encoded(_ batch: [PendingItem]) async -> [PendingItem] {
        var ready: [PendingItem] = []
        for item in batch {
            let taken = await job.outputs.take(item)
            if item.ending == .done, taken.last?.ending == .failed { job.flow.recountAsFailed() }
            for dropped in taken where dropped.wasDropped { job.recountFrames(dropped.lostFrames) }
            ready += taken.filter { !$0.wasDropped }
        }
        return ready
    }

    /// The video at the end; one that was cut off by a stop leaves nothing that looks whole.
    private func lastVideo() async -> [PendingItem] {
        if !job.isStopped { return await job.outputs.finish() }
        job.recountFrames(await job.outputs.giveUp())
        return []
    }

    private func finish(_ batch: [PendingItem]) async throws -> [ProcessedPicture] {
        do {
            let finished = try await job.naming.finish(batch)
            for (item, result) in zip(batch, finished) { recount(item, result) }
            job.note(finished)
            return finished
        } catch {
            job.abandon()
            job.recountFrames(await job.outputs.giveUp())
            throw error
        }
    }

    /// Accounts for what has turned out otherwise than it looked when it left the flow.
    private func recount(_ item: PendingItem, _ result: ProcessedPicture) {
        guard case .failed = result.outcome else { return }
        if case .video(_, let frames) = item.result.outcome {
            job.recountFrames(frames)
        } else {
            job.recountFrames(item.ending == .done ? 1 : item.lostFrames)
        }
    }
}
