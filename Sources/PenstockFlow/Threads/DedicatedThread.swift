internal import Glibc
public import PenstockCore

/// Starts threads for work that blocks: C libraries, files, the network.
///
/// Swift's own pool has a thread a core and must never wait on any of these.
package enum DedicatedThread {
    /// Runs `body` on a new thread that ends when `body` does.
    ///
    /// - Throws: When the system refuses another thread.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(PenstockError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        // The new thread takes over the retained reference; when there is none, it is released here.
        let status = unsafe pthread_create(&thread, &attributes, { unsafe runWork($0) }, work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            throw PenstockError(
                .threadRefused,
                at: .configure,
                "The system refused to start another thread; lower --workers, or raise the limit (ulimit -u).",
                status: status
            )
        }
    }
}

extension DedicatedThread {
    /// Runs `body` on a new thread, and waits for what it returns without holding up the caller's own.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws(PenstockError) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            do throws(PenstockError) {
                try start { continuation.resume(with: Swift.Result { try body() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}

/// The closure on its way to its thread.
private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // `start` passed a retained `Work` and gave its reference up.
    unsafe Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().body()
    return nil
}

extension PenstockError.Code {
    /// The system refused to start a thread.
    public static let threadRefused = Self(rawValue: "threadRefused")
}
