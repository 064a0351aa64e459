internal import Glibc

/// A file on its way: it lies beside its place as `NAME.partial`, written by one process alone, until it is whole.
package enum PartialFile {
    /// Where the unfinished part of a file lies.
    package static func path(of path: FilePath) -> FilePath { FilePath(bytes: path.bytes + Array(".partial".utf8)) }

    /// Opens the unfinished file, made if it is missing, for this process alone; the caller closes it.
    ///
    /// - Parameter taken: What to throw where another process has it.
    package static func open(for path: FilePath, taken: PenstockError) throws(PenstockError) -> Int32 {
        let descriptor = try open(self.path(of: path), O_RDWR | O_CREAT)
        // The system gives the lock up when the process ends, however it ends.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw taken
        }
        return descriptor
    }

    /// Opens a file for writing, such as a device that is written in place.
    package static func open(_ path: FilePath, _ flags: Int32) throws(PenstockError) -> Int32 {
        // The path is a C string for the length of the call.
        let descriptor = unsafe path.withCString { unsafe Glibc.open($0, flags | O_CLOEXEC, 0o644) }
        guard descriptor >= 0 else { throw SystemFailure.writing(path, errno) }
        return descriptor
    }

    /// Gives the file its name, once everything that was written to `descriptor` is on the disk.
    package static func complete(_ descriptor: Int32, as path: FilePath) throws(PenstockError) {
        let partial = self.path(of: path)
        guard fsync(descriptor) == 0 else { throw SystemFailure.writing(partial, errno) }
        try AtomicFile.rename(partial, to: path)
    }
}
