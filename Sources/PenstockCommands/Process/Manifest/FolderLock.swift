internal import Glibc
internal import PenstockCore

/// Tells whether a folder belongs to a running job: it locks the folder that it writes into.
enum FolderLock {
    /// Whether a job has a folder.
    static func isTaken(_ folder: FilePath) -> Bool {
        // The path is a C string for the length of the call.
        let descriptor = unsafe folder.withCString { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
