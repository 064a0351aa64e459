internal import Glibc
internal import PenstockCore

/// The bytes of an open reference, which may be read from any place and by any thread.
final class ReferenceBytes: Sendable {
    /// What was named.
    let path: FilePath
    private let descriptor: Int32

    /// Opens a file.
    init(_ path: FilePath) throws(PenstockError) {
        guard case .regular = FileSystem.kind(path) else { throw Self.notAFile(path) }
        // The path is a C string for the length of the call.
        descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        self.path = path
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private static func notAFile(_ path: FilePath) -> PenstockError {
        FileSystem.exists(path)
            ? PenstockError(.notAFile, at: .configure, "\(path) is no file; name the results of a run after --against.")
            : PenstockError(.notFound, at: .configure, "There is no \(path); check the path after --against.")
    }

    /// The bytes from an offset on, at most `count` of them; none at the end.
    func read(at offset: Int, upTo count: Int) throws(PenstockError) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                // `pread` writes at most the capacity that it is given, and says how much.
                let result = unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset))
                failure = result < 0 ? errno : 0
                filled = max(0, result)
            }
            if failure == 0 { return bytes }
            guard failure == EINTR else { throw SystemFailure.reading(path, failure) }
        }
    }
}

// MARK: - Records

extension ReferenceBytes {
    /// Calls `body` with each record to the end, and with what stands where none can.
    func split(
        _ splitter: inout RecordSplitter,
        _ body: (RecordSplitter, RecordSplitter.Step) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        var offset = splitter.start
        while true {
            let chunk = try read(at: offset, upTo: 1 << 16)
            offset += chunk.count
            for byte in chunk {
                let step = splitter.take(byte)
                guard step != .more else { continue }
                try body(splitter, step)
                splitter.clear()
            }
            guard chunk.isEmpty else { continue }
            let step = splitter.end()
            return step == .more ? () : try body(splitter, step)
        }
    }

    /// Reads the first record from where the splitter begins; `.more` where there is none.
    func next(_ splitter: inout RecordSplitter) throws(PenstockError) -> RecordSplitter.Step {
        var offset = splitter.start
        while true {
            let chunk = try read(at: offset, upTo: 4096)
            offset += chunk.count
            for byte in chunk {
                let step = splitter.take(byte)
                if step != .more { return step }
            }
            if chunk.isEmpty { return splitter.end() }
        }
    }
}
