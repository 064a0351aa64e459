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
            let chunk = try Descriptor.read(descriptor, upTo: 65536, path: path)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else {
                throw PenstockError(.tooLarge, at: .read, "\(path) holds more than \(limit) bytes.")
            }
        }
    }

    /// The first bytes of the file, at most `count` of them.
    package static func head(_ path: FilePath, upTo count: Int) throws(PenstockError) -> [UInt8] {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
        defer { close(descriptor) }
        return try Descriptor.read(descriptor, upTo: count, path: path)
    }

    /// The file as text, with U+FFFD in place of bytes that are not UTF-8.
    package static func text(_ path: FilePath, limit: Int = usualLimit) throws(PenstockError) -> String {
        String(decoding: try bytes(path, limit: limit), as: UTF8.self)
    }
}
