internal import Glibc
internal import PenstockCore

/// The file that events are written to: beside its place first, as `NAME.partial`, and renamed when it is whole.
///
/// A device or a pipe is written in place.
struct EventFile {
    /// The name that the file will have.
    let path: FilePath
    /// Where events are written.
    let descriptor: Int32
    private let partial: FilePath?

    /// Begins a file, in place of whatever an earlier job left unfinished.
    init(_ path: FilePath) throws(PenstockError) {
        try AtomicFile.checkPlace(of: path)
        self.path = path
        guard FileSystem.kind(path) != .other else {
            partial = nil
            descriptor = try Self.open(path, O_WRONLY)
            return
        }
        let partial = FilePath(bytes: path.bytes + Array(".partial".utf8))
        self.partial = partial
        descriptor = try Self.open(partial, O_WRONLY | O_CREAT)
        // The system gives the lock up when the process ends, however it ends.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw PenstockError(
                .inputOutput,
                at: .configure,
                "Another penstock is writing \(path); let it end, or name another file for the events."
            )
        }
        ftruncate(descriptor, 0)
    }

    /// Gives the file its name, once everything is on the disk.
    func complete() throws(PenstockError) {
        defer { close(descriptor) }
        guard let partial else { return }
        guard fsync(descriptor) == 0 else { throw SystemFailure.writing(partial, errno) }
        try AtomicFile.rename(partial, to: path)
    }

    /// Leaves the file unfinished.
    func abandon() {
        close(descriptor)
    }

    private static func open(_ path: FilePath, _ flags: Int32) throws(PenstockError) -> Int32 {
        // The path is a C string for the length of the call.
        let descriptor = unsafe path.withCString { unsafe Glibc.open($0, flags | O_CLOEXEC, 0o644) }
        guard descriptor >= 0 else { throw SystemFailure.writing(path, errno) }
        return descriptor
    }
}
