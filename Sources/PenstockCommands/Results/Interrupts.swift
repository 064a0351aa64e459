internal import Glibc
internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// Ctrl-C and the system's request to end, delivered to a thread instead of interrupting one.
package enum Interrupts {
    private static let handler = Mutex<(@Sendable () -> Void)?>(nil)

    /// Keeps the signals from ending the process, for the threads that start from now on.
    ///
    /// Call it first in `main`: a thread keeps what it started with.
    package static func take() {
        // A closed pipe is an error to be reported by `write`, not the end of the process.
        _ = signal(SIGPIPE, SIG_IGN)
        var signals = signalSet()
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        try? DedicatedThread.start { wait() }
    }

    /// Has `body` called at the first signal; the second ends the process at once.
    static func onFirst(_ body: @escaping @Sendable () -> Void) {
        handler.withLock { $0 = body }
    }

    private static func wait() {
        var signals = signalSet()
        var number: Int32 = 0
        while true {
            unsafe sigwait(&signals, &number)
            guard let body = handler.withLock({ $0.take() }) else { _exit(ExitCode.interrupted.rawValue) }
            body()
        }
    }

    private static func signalSet() -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
        return signals
    }
}
