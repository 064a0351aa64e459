internal import Glibc
internal import PenstockCore

/// Keeps a folder for one job: two would give their unfinished files the same names.
enum FolderLock {
    /// Takes a folder for the life of this process.
    ///
    /// - Throws: When another process has it. Where the file system knows no locks, nobody is refused.
    static func take(_ folder: FilePath) throws(PenstockError) {
        guard let descriptor = open(folder) else { return }
        guard lock(descriptor) else {
            close(descriptor)
            throw PenstockError(
                .unfinished,
                at: .configure,
                "Another penstock is writing into \(folder); let it end, or name another folder with --to."
            )
        }
    }

    /// Whether another has taken a folder.
    static func isTaken(_ folder: FilePath) -> Bool {
        guard let descriptor = open(folder) else { return false }
        defer { close(descriptor) }
        return !lock(descriptor)
    }

    private static func open(_ folder: FilePath) -> Int32? {
        // The path is a C string for the length of the call.
        let descriptor = unsafe folder.withCString { unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        return descriptor >= 0 ? descriptor : nil
    }

    private static func lock(_ descriptor: Int32) -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
    }
}
