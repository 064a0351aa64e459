internal import Glibc

/// Reads from and writes to open files, as often as it takes.
package enum Descriptor {
    /// The next bytes, at most `count` of them; none at the end.
    ///
    /// - Throws: What the system says, about `path`.
    package static func read(_ descriptor: Int32, upTo count: Int, path: FilePath) throws(PenstockError) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                // `read` writes at most the capacity that it is given, and says how much.
                let result = unsafe Glibc.read(descriptor, buffer.baseAddress, count)
                failure = result < 0 ? errno : 0
                filled = max(0, result)
            }
            if failure == 0 { return bytes }
            guard failure == EINTR else { throw SystemFailure.reading(path, failure) }
        }
    }

    /// Writes all the bytes, waiting as long as that takes; returns the system's error number, 0 for none.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        let span = bytes.span
        // The array outlives the call.
        return unsafe span.withUnsafeBytes { unsafe write($0, to: descriptor) }
    }

    /// Writes all the bytes of a buffer that is readable for the length of the call, as above.
    package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            let failure = count < 0 ? errno : 0
            switch failure {
            case 0: written += count
            case EAGAIN: waitUntilWritable(descriptor)
            case EINTR: continue
            default: return failure
            }
        }
        return 0
    }

    /// Standard streams are now and then set not to block by the program at their other end.
    private static func waitUntilWritable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // One structure, a local, as the count says.
        _ = unsafe poll(&request, 1, -1)
    }
}
