internal import Glibc
internal import PenstockCore
internal import PenstockFlow

/// Writes finished files behind the threads that make them: what waits here is bounded by the slots in existence.
final class DiskWriting: Sendable {
    private struct Work: Sendable {
        let slot: OutputSlot
        let whenDone: @Sendable (PenstockError?) -> Void
    }

    private struct State: Sendable {
        var work: [Work] = []
        var isClosed = false
        var isCancelled = false
    }

    private let monitor = Monitor(State())
    private let folders = KnownFolders()
    private let isDurable: Bool
    private let hook: ProcessingJob.Options.WriteHook?
    private let meters: StageMeters

    /// Threads: one more than one keeps a disk busy that answers late.
    private static let threads = 2

    init(isDurable: Bool, hook: ProcessingJob.Options.WriteHook?, meters: StageMeters) {
        self.isDurable = isDurable
        self.hook = hook
        self.meters = meters
    }
}

// MARK: - Life

extension DiskWriting {
    /// Starts the threads, which end when the writing is closed.
    func start() throws(PenstockError) {
        for _ in 0..<Self.threads { try DedicatedThread.start { self.run() } }
    }

    /// Says that nothing follows; what waits is still written.
    func close() {
        monitor.withLock { $0.isClosed = true }
        monitor.wakeAll(.loaders)
    }

    /// Gives up whatever has not been begun.
    func cancel() {
        monitor.withLock { state in
            state.isClosed = true
            state.isCancelled = true
        }
        monitor.wakeAll(.loaders)
    }
}

// MARK: - Work

extension DiskWriting {
    /// Has the slot's file written; `whenDone` is called once, on another thread or at once.
    func add(_ slot: OutputSlot, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        let isTaken = monitor.withLock { state in
            if !state.isClosed { state.work.append(Work(slot: slot, whenDone: whenDone)) }
            return !state.isClosed
        }
        if isTaken { monitor.wakeOne(.loaders) } else { whenDone(.stopped) }
    }

    private func run() {
        while let work = next() {
            let failure = isCancelled ? .stopped : write(work.slot)
            work.whenDone(failure)
        }
    }

    private func next() -> Work? {
        monitor.wait(.loaders) { state in
            guard state.work.isEmpty else { return .ready(state.work.removeFirst()) }
            return state.isClosed ? .ready(nil) : .until(nil)
        }
    }

    private var isCancelled: Bool { monitor.withLock { $0.isCancelled } }

    private func write(_ slot: OutputSlot) -> PenstockError? {
        guard let file = slot.file else { preconditionFailure("a slot that is written has a file to go to") }
        let start = MonotonicTime.now
        defer { meters.add(.now - start, to: .write) }
        do throws(PenstockError) {
            try hook?(file.place)
            let descriptor = try open(file)
            defer { _ = Glibc.close(descriptor) }
            try write(slot, to: descriptor, file.place)
            return nil
        } catch {
            // Half a file would keep its place on a disk that may be full because of it.
            file.remove()
            return error
        }
    }

    private func open(_ file: UnfinishedFile) throws(PenstockError) -> Int32 {
        let folder = file.path.parent
        try folders.make(folder)
        do throws(PenstockError) {
            return try file.create()
        } catch {
            guard error.code == .notFound else { throw error }
            folders.forget(folder)
            try folders.make(folder)
            return try file.create()
        }
    }

    private func write(_ slot: OutputSlot, to descriptor: Int32, _ path: FilePath) throws(PenstockError) {
        // The slot keeps its bytes while it is lent to this thread.
        let failure = unsafe Descriptor.write(slot.bytes.bytes, to: descriptor)
        guard failure == 0 else { throw SystemFailure.writing(path, failure) }
        if isDurable, fsync(descriptor) != 0 { throw SystemFailure.writing(path, errno) }
    }
}

extension PenstockError {
    /// What becomes of an item whose job was abandoned.
    static let stopped = PenstockError(.cancelled, at: .write, "The job was stopped before this was written.")
}
