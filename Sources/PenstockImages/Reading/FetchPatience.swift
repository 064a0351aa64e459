/// How long a fetch goes on: until its deadline, or until it is cancelled.
///
/// FFmpeg asks for this many times a second while it waits for the network.
final class FetchPatience {
    private let cancellation: CancellationFlag
    private var end = ContinuousClock.now

    init(_ cancellation: CancellationFlag) {
        self.cancellation = cancellation
    }

    /// Starts the clock.
    func begin(_ deadline: Duration) {
        end = ContinuousClock.now + deadline
    }

    var isCancelled: Bool { cancellation.isRaised }

    var isOver: Bool { isCancelled || ContinuousClock.now >= end }

    /// The patience that a callback was given.
    static func at(_ opaque: UnsafeMutableRawPointer?) -> FetchPatience {
        // Whoever set the callback passed a `FetchPatience` that outlives the connection.
        unsafe Unmanaged<FetchPatience>.fromOpaque(opaque!).takeUnretainedValue()
    }
}
