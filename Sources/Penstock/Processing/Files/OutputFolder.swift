internal import Glibc
internal import PenstockCore

/// The folder of a job's outputs, which the job has to itself while it lives, unless it writes one file there.
@safe final class OutputFolder: Sendable {
    /// Where it is.
    let path: FilePath
    /// What is younger was written by this job.
    private let beginning: DiskTime
    private let descriptor: Int32

    /// Makes the folder if it is missing, and makes sure that it can be written, and that no other job writes there.
    init(_ path: FilePath, isExclusive: Bool) throws(PenstockError) {
        self.path = path
        try FileSystem.makeDirectory(path)
        descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.writing(path, errno) }
        do throws(PenstockError) {
            if isExclusive { try Self.lock(descriptor, path) }
            beginning = try .now(in: path)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        // The lock goes with the descriptor.
        close(descriptor)
    }

    /// Lets other jobs in, once nothing more is written.
    func release() {
        // The descriptor is open as long as this object lives.
        flock(descriptor, LOCK_UN)
    }

    /// Unfinished files are named by the items' numbers, which two jobs would share.
    private static func lock(_ descriptor: Int32, _ path: FilePath) throws(PenstockError) {
        // Some network disks do not lock folders; there the job goes on without.
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
        throw PenstockError(
            .folderInUse,
            at: .configure,
            "Another job is writing to \(path). Wait for its end, or name another folder."
        )
    }
}

extension OutputFolder {
    /// What lies at a place.
    enum Occupant: Hashable, Sendable {
        /// Something that was there before the job.
        case older
        /// Something that the job has written.
        case ofThisJob
    }

    /// What lies at a place in the folder; `nil` where nothing does.
    func occupant(of place: FilePath) -> Occupant? {
        DiskTime(ofLastChangeOf: place).map { $0 < beginning ? .older : .ofThisJob }
    }
}

extension PenstockError.Code {
    /// A job's folder belongs to another job as long as that one runs.
    static let folderInUse = Self(rawValue: "folderInUse")
}
