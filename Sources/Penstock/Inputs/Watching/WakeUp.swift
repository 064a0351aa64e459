internal import Glibc
internal import PenstockCore

/// Ends another thread's wait for a descriptor; once raised, it stays so.
final class WakeUp: Sendable {
    /// Readable once raised.
    let descriptor: Int32
    private let other: Int32

    /// - Throws: When the system has no descriptors left.
    init() throws(PenstockError) {
        var ends: [Int32] = [-1, -1]
        let kind = [SOCK_STREAM, SOCK_CLOEXEC, SOCK_NONBLOCK].reduce(0) { $0 | Int32($1.rawValue) }
        // The call fills an array of two.
        let status = unsafe socketpair(AF_UNIX, kind, 0, &ends)
        guard status == 0 else {
            let message = "The system has no file descriptors left: raise the limit (ulimit -n)."
            throw PenstockError(.inputOutput, at: .configure, message, status: errno)
        }
        (descriptor, other) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(other)
    }

    /// Ends the wait.
    func raise() {
        var byte: UInt8 = 1
        // One byte, a local. What is full has been raised often enough.
        _ = unsafe write(other, &byte, 1)
    }

    /// Whether it was raised.
    var isRaised: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // One structure, a local, as the count says.
        return unsafe poll(&request, 1, 0) > 0
    }
}
