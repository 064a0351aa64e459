internal import Glibc
internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// Ctrl-C and the system's requests to end, brought to a thread where anything may be done about them.
package enum Interrupts {
    private static let onFirst = Mutex<(@Sendable () -> Void)?>(nil)
    /// The end of a pipe into which the signal handler writes, which is about all that a handler may do.
    private static let pipeInput = Atomic<Int32>(-1)

    /// Has `body` called, on a thread of its own, at the first signal; the second ends the process at once.
    static func onFirst(_ body: @escaping @Sendable () -> Void) {
        let isInstalled = onFirst.withLock { onFirst in
            defer { onFirst = body }
            return pipeInput.load(ordering: .relaxed) >= 0
        }
        if !isInstalled { install() }
    }

    /// Leaves the signals as they are when there is no pipe or thread to be had: they end the process, as ever.
    private static func install() {
        var ends: [Int32] = [-1, -1]
        // The system fills two integers, which is what the array holds.
        guard unsafe pipe(&ends) == 0 else { return }
        let output = ends[0]
        guard (try? DedicatedThread.start { wait(on: output) }) != nil else { return }
        pipeInput.store(ends[1], ordering: .releasing)
        // The handler touches nothing but an atomic and a descriptor.
        for number in [SIGINT, SIGTERM, SIGHUP] { _ = signal(number) { _ in Interrupts.note() } }
    }

    /// Programs such as `timeout` send a signal twice, to the process and to its group. A person takes longer.
    private static let impatience = Duration.milliseconds(300)

    private static func note() {
        // Whatever was interrupted may be about to look at its own error.
        let failure = errno
        defer { errno = failure }
        var byte: UInt8 = 0
        // One byte from a local; a full pipe has been noted already.
        _ = unsafe write(pipeInput.load(ordering: .acquiring), &byte, 1)
    }

    private static func wait(on output: Int32) {
        var byte: UInt8 = 0
        var first: MonotonicTime?
        while true {
            // One byte into a local; an interrupted read is begun again.
            guard unsafe read(output, &byte, 1) == 1 else { continue }
            if let body = onFirst.withLock({ $0.take() }) {
                first = .now
                body()
            } else if let first, .now - first > impatience {
                _exit(ExitCode.interrupted.rawValue)
            }
        }
    }
}
