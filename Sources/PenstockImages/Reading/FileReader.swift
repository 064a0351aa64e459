import Glibc
package import PenstockCore

/// Reads whole files into memory that is kept between them; each loader thread owns one.
///
/// Only regular files are read. Anything else that a path may name (a folder, a pipe, a device, a socket) is refused
/// at once, without waiting for somebody to write into it.
@safe package final class FileReader {
    private let memory = GrowableBuffer()
    private let maxBytes: Int

    /// Makes a reader that refuses files of more than `maxBytes`.
    package init(maxBytes: Int = FileReader.defaultMaxBytes) {
        self.maxBytes = maxBytes
    }

    /// The largest file that is read unless told otherwise: a gigabyte.
    package static let defaultMaxBytes = 1 << 30

    /// Reads a file; the bytes are valid until the next call, or the end of this object.
    package func read(_ path: FilePath) throws(PenstockError) -> UnsafeRawBufferPointer {
        let file = try open(path)
        // The descriptor was opened above and is closed nowhere else.
        defer { close(file) }
        let size = try size(of: file)
        // One byte more shows whether the file has grown since.
        let base = try unsafe memory.reserve(size + 1)
        var filled = 0
        while filled < size + 1 {
            // `base` has room for `size + 1` bytes, of which `filled` are taken.
            let count = unsafe Glibc.read(file, base + filled, size + 1 - filled)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .reading("The file could not be read", errno) }
            if count == 0 { break }
            filled += count
        }
        guard filled == size else { throw .changedWhileRead }
        return unsafe UnsafeRawBufferPointer(start: base, count: filled)
    }
}

extension FileReader {
    /// Opens without waiting: a pipe that nobody writes would otherwise hold the thread for ever.
    private func open(_ path: FilePath) throws(PenstockError) -> Int32 {
        while true {
            let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
            let file = unsafe path.withCString { unsafe Glibc.open($0, flags) }
            if file >= 0 { return file }
            if errno != EINTR { throw failure(opening: path, errno) }
        }
    }

    private func failure(opening path: FilePath, _ number: Int32) -> PenstockError {
        var status = stat()
        switch number {
        // `status` is a local that the call fills in.
        case ENOENT where unsafe path.withCString({ unsafe lstat($0, &status) }) == 0: return .brokenLink
        // A socket, or a device without a driver.
        case ENXIO: return .notAFile("a socket or a device")
        default: return .opening(number)
        }
    }

    /// The size of a regular file within the limit.
    private func size(of file: Int32) throws(PenstockError) -> Int {
        var status = stat()
        // `status` is a local that the call fills in.
        guard unsafe fstat(file, &status) == 0 else { throw .reading("The file could not be examined", errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .notAFile("a folder")
        case S_IFIFO: throw .notAFile("a named pipe")
        case S_IFSOCK: throw .notAFile("a socket")
        default: throw .notAFile("a device")
        }
        guard status.st_size > 0 else { throw .emptyFile }
        guard status.st_size <= maxBytes else { throw .tooManyBytes(status.st_size, limit: maxBytes) }
        return status.st_size
    }
}
