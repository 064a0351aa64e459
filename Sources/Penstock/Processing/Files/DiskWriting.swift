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
        /// Files that are being written at this moment.
        var writing = 0
        /// Those, and files whose end is being told: after a cancellation they disappear only then.
        var busy = 0
        /// Whether the folder is of no more use once those are written.
        var isOver = false

        var isIdle: Bool { isOver && work.isEmpty && (isCancelled ? busy : writing) == 0 }
    }

    private let monitor = Monitor(State())
    /// Locked until the last file is written, which may be after everybody else has let go of it.
    private let folder: OutputFolder
    private let folders = KnownFolders()
    private let isDurable: Bool
    private let hook: ProcessingJob.Options.WriteHook?
    private let meters: StageMeters

    /// Threads: one more than one keeps a disk busy that answers late.
    private static let threads = 2

    init(
        into folder: OutputFolder,
        isDurable: Bool,
        hook: ProcessingJob.Options.WriteHook?,
        meters: StageMeters
    ) {
        self.folder = folder
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

    /// Says that nothing follows and that nothing is named any more; what waits is still written, and then the folder is
    /// let go of.
    func close() {
        let isIdle = monitor.withLock { state in
            state.isClosed = true
            state.isOver = true
            return state.isIdle
        }
        monitor.wakeAll(.loaders)
        if isIdle { folder.release() }
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
            // Whoever hears of the job's last file may begin another job at once.
            monitor.withLock { $0.writing -= 1 }
            work.whenDone(failure)
            let isIdle = monitor.withLock { state in
                state.busy -= 1
                return state.isIdle
            }
            if isIdle { folder.release() }
        }
    }

    private func next() -> Work? {
        monitor.wait(.loaders) { state in
            guard state.work.isEmpty else {
                state.writing += 1
                state.busy += 1
                return .ready(state.work.removeFirst())
            }
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
            try fill(open(file), from: slot, file.place)
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

    /// Writes the slot's bytes, and closes the file: some disks tell only then that they had no room.
    private func fill(_ descriptor: Int32, from slot: OutputSlot, _ path: FilePath) throws(PenstockError) {
        // The slot keeps its bytes while it is lent to this thread.
        var failure = unsafe Descriptor.write(slot.bytes.bytes, to: descriptor)
        if failure == 0, isDurable, fsync(descriptor) != 0 { failure = errno }
        // After a signal the descriptor is closed all the same.
        if Glibc.close(descriptor) != 0, failure == 0, errno != EINTR { failure = errno }
        guard failure == 0 else { throw SystemFailure.writing(path, failure) }
    }
}

extension PenstockError {
    /// What becomes of an item whose job was abandoned.
    static let stopped = PenstockError(.cancelled, at: .write, "The job was stopped before this was written.")
}
