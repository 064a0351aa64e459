internal import PenstockFlow
internal import PenstockImages

/// How long a read goes on: until its deadline, or until somebody asks it to stop.
///
/// FFmpeg asks for this many times a second while it waits for the network.
final class ReadPatience {
    /// The longest wait for bytes.
    let timeout: Duration
    private let stopping: CancellationFlag
    private var end = MonotonicTime.now

    init(timeout: Duration, stopping: CancellationFlag) {
        self.timeout = timeout
        self.stopping = stopping
        restart()
    }

    /// Starts the clock for the next read.
    func restart() {
        end = .now + timeout
    }

    var isStopped: Bool { stopping.isRaised }

    var isOver: Bool { isStopped || MonotonicTime.now >= end }

    /// The patience that a callback was given.
    static func at(_ opaque: UnsafeMutableRawPointer?) -> ReadPatience {
        // Whoever set the callback passed a `ReadPatience` that outlives what calls it.
        unsafe Unmanaged<ReadPatience>.fromOpaque(opaque!).takeUnretainedValue()
    }
}
