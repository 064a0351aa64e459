internal import Glibc
internal import PenstockCore

/// A folder that one job has to itself, with the folders in it: unfinished files are named by the items' numbers, which
/// two jobs would share.
///
/// The folder is locked for the job alone, and every folder around it together with other jobs.
@safe final class FolderClaim: Sendable {
    /// The folder, and those around it as far as they can be read.
    private let descriptors: [Int32]

    /// Claims a folder.
    ///
    /// - Throws: Where another job writes there, in a folder around it or in one in it.
    init(_ folder: FilePath) throws(PenstockError) {
        let own = unsafe folder.withCString { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard own >= 0 else { throw SystemFailure.writing(folder, errno) }
        var descriptors = [own]
        var isFree = Self.lock(own, LOCK_EX)
        while isFree, let parent = Self.parent(of: descriptors[descriptors.count - 1]) {
            descriptors.append(parent)
            isFree = Self.lock(parent, LOCK_SH)
        }
        guard isFree else {
            for descriptor in descriptors { close(descriptor) }
            throw Self.inUse(folder)
        }
        self.descriptors = descriptors
    }

    deinit {
        // The locks go with the descriptors.
        for descriptor in descriptors { close(descriptor) }
    }

    /// Lets other jobs in.
    func release() {
        // The descriptors are open as long as this object lives.
        for descriptor in descriptors { flock(descriptor, LOCK_UN) }
    }
}

extension FolderClaim {
    /// Locks a folder; `false` where another job's lock is in the way.
    private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
        // Some network disks do not lock folders; there the job goes on without.
        flock(descriptor, kind | LOCK_NB) == 0 || errno != EWOULDBLOCK
    }

    /// Opens the folder around another, whatever links led there; `nil` at the root, and where it cannot be read.
    private static func parent(of descriptor: Int32) -> Int32? {
        let parent = unsafe openat(descriptor, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { return nil }
        if identity(of: parent) != identity(of: descriptor) { return parent }
        close(parent)
        return nil
    }

    private static func identity(of descriptor: Int32) -> [UInt64] {
        var status = stat()
        // `fstat` fills the local structure and keeps nothing.
        guard unsafe fstat(descriptor, &status) == 0 else { return [] }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }

    private static func inUse(_ folder: FilePath) -> PenstockError {
        PenstockError(
            .folderInUse,
            at: .configure,
            "Another job is writing to \(folder), or to a folder around it or in it. Wait for its end, or name another "
                + "folder."
        )
    }
}

extension PenstockError.Code {
    /// A job's folder belongs to another job as long as that one runs.
    static let folderInUse = Self(rawValue: "folderInUse")
}
