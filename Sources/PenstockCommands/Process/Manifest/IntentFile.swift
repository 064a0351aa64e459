internal import Glibc
internal import PenstockCore

/// Holds, beside a manifest that is not complete, the lines of files that are about to get their names.
///
/// A header tells how many bytes follow and what their hash is: of a file that was cut short nothing is believed, which is
/// right, since no file gets its name before all of it is there.
struct IntentFile: Sendable {
    /// Where it lies.
    let path: FilePath
    private let descriptor: Int32

    /// The number of bytes, a space, their hash, a newline.
    private static let headerLength = 34

    /// Opens the file, made if it is missing, and left open for the life of the process; the manifest's lock guards it.
    init(for manifest: FilePath) throws(PenstockError) {
        path = Self.path(for: manifest)
        descriptor = try PartialFile.open(path, O_RDWR | O_CREAT)
    }

    /// Where it lies for a manifest.
    static func path(for manifest: FilePath) -> FilePath {
        FilePath(bytes: PartialFile.path(of: manifest).bytes + Array(".intent".utf8))
    }

    /// Replaces what is there, in one write. `bytes` begin with room for the header, `Self.room`.
    func write(_ bytes: inout [UInt8], isDurable: Bool) throws(PenstockError) {
        bytes.replaceSubrange(..<Self.headerLength, with: Self.header(of: bytes[Self.headerLength...]))
        // The array's memory is there for the length of the call.
        let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == bytes.count else {
            throw SystemFailure.writing(path, count < 0 ? errno : ENOSPC, canResume: true)
        }
        if isDurable, fdatasync(descriptor) != 0 { throw SystemFailure.writing(path, errno, canResume: true) }
    }

    /// What to begin `write`'s bytes with.
    static let room = [UInt8](repeating: 0, count: headerLength)

    /// Forgets what is there.
    func clear() throws(PenstockError) {
        guard ftruncate(descriptor, 0) == 0 else { throw SystemFailure.writing(path, errno) }
    }

    /// Whether nothing is about to get its name.
    var isEmpty: Bool { lseek(descriptor, 0, SEEK_END) == 0 }

    /// The lines that an earlier job left for a manifest; none where they are not whole.
    static func lines(for manifest: FilePath) throws(PenstockError) -> [UInt8] {
        let path = path(for: manifest)
        guard FileSystem.exists(path) else { return [] }
        let bytes = try SmallFile.bytes(path)
        guard bytes.count >= Self.headerLength else { return [] }
        let header = String(decoding: bytes[..<Self.headerLength], as: UTF8.self)
        guard let length = Int(header.prefix(16), radix: 16), length <= bytes.count - Self.headerLength, length > 0
        else {
            return []
        }
        let lines = bytes[Self.headerLength..<(Self.headerLength + length)]
        return header.utf8.elementsEqual(Self.header(of: lines)) ? Array(lines) : []
    }

    /// Removes the file.
    func remove() {
        _ = unsafe path.withCString { unsafe unlink($0) }
    }

    private static func header(of lines: ArraySlice<UInt8>) -> [UInt8] {
        var hash = StableHash()
        hash.combine(lines)
        let length = String(lines.count, radix: 16)
        return Array("\(String(repeating: "0", count: 16 - length.count))\(length) \(hash)\n".utf8)
    }
}
