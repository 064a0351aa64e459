internal import Glibc

/// Writes files that appear whole or not at all: beside their place first, and then renamed.
package enum AtomicFile {
    /// Writes a small file.
    package static func write(_ bytes: [UInt8], to path: FilePath) throws(PenstockError) {
        let temporary = FilePath(bytes: path.bytes + Array(".\(getpid()).tmp".utf8))
        do throws(PenstockError) {
            try writeThrough(bytes, to: temporary, for: path)
            try rename(temporary, to: path)
        } catch {
            _ = unsafe temporary.withCString { unsafe unlink($0) }
            throw error
        }
    }

    /// Makes sure that a file could be written at a path, before the work that it is to hold is done.
    package static func checkPlace(of path: FilePath) throws(PenstockError) {
        if FileSystem.isDirectory(path) {
            throw PenstockError(.notAFile, at: .configure, "\(path) is a folder; name a file.")
        }
        guard FileSystem.isWritableDirectory(path.parent) || FileSystem.kind(path) == .other else {
            throw PenstockError(
                .permissionDenied,
                at: .configure,
                "\(path) cannot be written: \(path.parent) is no folder that this user may write."
            )
        }
    }

    /// Renames a file that is complete, in place of whatever has the name.
    package static func rename(_ from: FilePath, to path: FilePath) throws(PenstockError) {
        let result = unsafe from.withCString { from in
            // Both paths are C strings for the length of the call.
            unsafe path.withCString { unsafe Glibc.rename(from, $0) }
        }
        guard result == 0 else { throw SystemFailure.writing(path, errno) }
    }

    private static func writeThrough(_ bytes: [UInt8], to temporary: FilePath, for path: FilePath) throws(PenstockError)
    {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = unsafe temporary.withCString { unsafe open($0, flags, 0o644) }
        guard descriptor >= 0 else { throw SystemFailure.writing(path, errno) }
        defer { close(descriptor) }
        let failure = Descriptor.write(bytes, to: descriptor)
        guard failure == 0 else { throw SystemFailure.writing(path, failure) }
        guard fsync(descriptor) == 0 else { throw SystemFailure.writing(path, errno) }
    }
}
