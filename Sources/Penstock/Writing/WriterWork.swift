internal import PenstockCore
internal import Synchronization

/// What a writer and the task that takes its job's results share.
final class WriterWork: Sendable {
    fileprivate struct State: Sendable {
        var settled = 0
        var isCancelled = false
        var hasEnded = false
        var waiting: [(target: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var report = ImageWriter.Report()
        var failures = ImageWriter.Failures()
        var end: (any Error)?
    }

    let pixels: PixelInputs
    private let state = Mutex(State())

    init(_ pixels: PixelInputs) {
        self.pixels = pixels
    }
}

// MARK: - The task behind

extension WriterWork {
    /// Takes a job's results until there are no more.
    func drain(_ job: ProcessingJob) async {
        do {
            for try await result in job { note(result) }
        } catch {
            state.withLock { $0.end = error }
        }
        // Nobody would take what comes now.
        pixels.cancel()
        let waiting = state.withLock { state in
            state.hasEnded = true
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
    }

    private func note(_ result: ProcessedPicture) {
        let waiting = state.withLock { state in
            state.note(result)
            state.settled += 1
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
    }
}

// MARK: - Callers

extension WriterWork {
    func noteCancelled() {
        state.withLock { $0.isCancelled = true }
    }

    /// Waits until as many pictures have come to an end as have been brought.
    ///
    /// Pictures come to their ends in the order in which they found room; those that wait for room are not counted.
    func flush() async {
        let brought = pixels.acceptedCount
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.hasEnded || state.settled >= brought { return true }
                state.waiting.append((brought, continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// Throws what there is to tell at the end.
    func check() throws {
        let (end, isCancelled, failures) = state.withLock { ($0.end, $0.isCancelled, $0.failures) }
        if isCancelled { throw CancellationError() }
        if let end { throw end }
        if failures.count > 0 { throw failures }
    }

    var report: ImageWriter.Report { state.withLock { $0.report } }
}

extension WriterWork.State {
    fileprivate mutating func note(_ result: ProcessedPicture) {
        switch result.outcome {
        case .written(let file), .video(let file, frames: _):
            report.written += 1
            report.bytes += file.bytes
        case .skipped, .encoded:
            report.skipped += 1
        case .failed(let error):
            report.failed += 1
            failures.add(ImageWriter.Failure(name: result.source, error: error))
        }
    }

    /// Those who wait for no more than has happened.
    fileprivate mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
        let ready = waiting.filter { hasEnded || $0.target <= settled }
        waiting.removeAll { hasEnded || $0.target <= settled }
        return ready.map(\.continuation)
    }
}
