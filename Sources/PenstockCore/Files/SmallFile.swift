internal import Glibc

/// Reads whole small files: settings, labels, what the kernel says of this process.
package enum SmallFile {
    /// The most that is read unless the caller says otherwise.
    package static let usualLimit = 64 << 20

    /// The bytes of the file.
    ///
    /// - Throws: When it cannot be read, or holds more than `limit` bytes.
    package static func bytes(_ path: FilePath, limit: Int = usualLimit) throws(PenstockError) -> [UInt8] {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            let chunk = try chunk(of: descriptor, path)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else {
                throw PenstockError(.tooLarge, at: .read, "\(path) holds more than \(limit) bytes.")
            }
        }
    }

    /// The file as text, with U+FFFD in place of bytes that are not UTF-8.
    package static func text(_ path: FilePath, limit: Int = usualLimit) throws(PenstockError) -> String {
        String(decoding: try bytes(path, limit: limit), as: UTF8.self)
    }

    private static func chunk(of descriptor: Int32, _ path: FilePath) throws(PenstockError) -> [UInt8] {
        var failure: Int32 = 0
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            // `read` writes at most the capacity that it is given, and says how much.
            let result = unsafe read(descriptor, buffer.baseAddress, buffer.count)
            failure = result < 0 ? errno : 0
            count = max(0, result)
        }
        guard failure == 0 else { throw SystemFailure.reading(path, failure) }
        return chunk
    }
}
