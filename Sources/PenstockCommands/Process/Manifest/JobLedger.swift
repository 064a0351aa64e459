internal import Glibc
package import Penstock
package import PenstockCore
internal import Synchronization

/// Keeps a job's account: what is about to get its name in one file, what has got it in the manifest.
package final class JobLedger: ProcessRecord {
    private let file: ResultFile
    private let intent: IntentFile
    private let isDurable: Bool
    /// The lock is never waited for, as one thread calls at a time.
    private let state = Mutex(State())

    private struct State: Sendable {
        var formatter = ManifestFormatter()
        /// The bytes of a batch; their memory is kept for the next.
        var buffer: [UInt8] = []
    }

    /// Keeps account in files that are open already.
    init(_ file: ResultFile, _ intent: IntentFile, isDurable: Bool) {
        self.file = file
        self.intent = intent
        self.isDurable = isDurable
    }

    package func intend(_ items: [ProcessedPicture]) throws(PenstockError) {
        try state.withLock { (state) throws(PenstockError) in
            state.buffer.removeAll(keepingCapacity: true)
            state.buffer += IntentFile.room
            // What is intended may still come out otherwise.
            var formatter = state.formatter
            for item in items { formatter.append(item, to: &state.buffer) }
            try intent.write(&state.buffer, isDurable: isDurable)
        }
    }

    package func conclude(_ items: [ProcessedPicture]) throws(PenstockError) {
        try state.withLock { (state) throws(PenstockError) in
            state.buffer.removeAll(keepingCapacity: true)
            for item in items { state.formatter.append(item, to: &state.buffer) }
            try file.append(state.buffer, isDurable: isDurable)
        }
        try intent.clear()
    }
}

extension ResultFile {
    /// Writes bytes behind those that are there.
    fileprivate func append(_ bytes: [UInt8], isDurable: Bool) throws(PenstockError) {
        if bytes.isEmpty { return }
        let failure = Descriptor.write(bytes, to: descriptor)
        guard failure == 0 else { throw SystemFailure.writing(path, failure, canResume: true) }
        if isDurable, fdatasync(descriptor) != 0 { throw SystemFailure.writing(path, errno, canResume: true) }
    }
}
