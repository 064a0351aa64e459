internal import Glibc
internal import PenstockCore

/// A folder whose entries are being looked at, one at a time.
struct FolderListing {
    /// Which of its files count as completed.
    enum Taking {
        /// None: they were there before the watch.
        case nothing
        /// All: the folder is new.
        case everything
        /// Those that were written, renamed or linked since a moment, in nanoseconds since 1970.
        case changed(since: Int64)
    }

    let folder: FilePath
    let taking: Taking
    private var names: SortedNames

    init(_ folder: FilePath, taking: Taking) {
        self.folder = folder
        self.taking = taking
        names = SortedNames(folder)
    }

    mutating func next() throws(PenstockError) -> SortedNames.Entry? {
        try names.next()
    }
}

extension FolderListing.Taking {
    /// Whether a file counts as completed. One that is still being written does not: closing it will say so.
    func includes(_ path: FilePath) -> Bool {
        switch self {
        case .nothing: false
        case .everything: !path.isBeingWritten
        case .changed(let moment): (FileVersion(path)?.changed ?? .min) >= moment && !path.isBeingWritten
        }
    }
}

extension FilePath {
    /// Whether the name begins with a dot.
    var hasHiddenName: Bool { lastComponent.first == UInt8(ascii: ".") }

    /// Whether the name says that the file is hidden, or not finished.
    var isNamedTemporarily: Bool {
        hasHiddenName || lastComponent.last == UInt8(ascii: "~")
            || ["part", "partial", "tmp", "crdownload"].contains(lowercasedExtension)
    }

    /// Whether some program has the file open for writing, as far as the system tells.
    var isBeingWritten: Bool {
        let descriptor = unsafe withCString { unsafe open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // The system grants a lease on reading only where nobody writes. Should somebody begin to while it is held, the
        // system says so by a signal: by one that does nothing, instead of the one that would end the process.
        guard fcntl(descriptor, Lease.setSignal, SIGURG) == 0 else { return false }
        let isRefused = fcntl(descriptor, Lease.set, Int32(F_RDLCK)) != 0 && errno == EAGAIN
        _ = fcntl(descriptor, Lease.set, Int32(F_UNLCK))
        return isRefused
    }
}

/// Commands of `fcntl` that C hides unless asked for Linux's own: their values never change.
private enum Lease {
    static let setSignal: Int32 = 10
    static let set: Int32 = 1024
}
