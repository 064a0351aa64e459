internal import Glibc
internal import Synchronization

/// What engines' libraries write to standard error by themselves.
///
/// A library leaves a process's standard error and environment alone: programs that use Penstock as one set
/// `TF_CPP_MIN_LOG_LEVEL=3` themselves where TensorFlow's log is unwanted.
package enum EngineNoise {
    private static let hidden = Atomic(false)

    /// Whether standard error may be put elsewhere while a library is opened that logs its start-up.
    static var isHidden: Bool { hidden.load(ordering: .relaxed) }

    /// Keeps engines' logs from standard error, unless the user has asked to see some of TensorFlow's.
    ///
    /// For a program that has standard error to itself, before it has any other thread: this changes the environment. A
    /// process that was started by one like this finds the log turned off already.
    package static func hide() {
        let name = "TF_CPP_MIN_LOG_LEVEL"
        // There is no other thread yet that could change the environment; the value is copied.
        let level = unsafe getenv(name).map { unsafe String(cString: $0) } ?? "3"
        hidden.store(level == "3", ordering: .relaxed)
        unsafe setenv(name, "3", 0)
    }
}
