internal import Glibc
internal import PenstockCore

/// Remembers the files that were given last, so that none is given twice for one writing.
///
/// A file that is there when its folder is first looked at may also be in the system's queue; a program may open a file
/// for writing, and close it without having written. Memory is bounded: the oldest are forgotten, and there are more
/// places than the system's queue has by default.
struct TakenFiles {
    private var versions: [UInt64: FileVersion] = [:]
    private var order: [UInt64] = []
    private var oldest = 0
    private let capacity: Int

    init(capacity: Int = 32768) {
        self.capacity = capacity
    }

    /// Notes a file; `false` when it is as it was the last time.
    mutating func insert(_ path: FilePath, _ version: FileVersion) -> Bool {
        var hash = StableHash()
        hash.combine(path.bytes)
        let known = versions.updateValue(version, forKey: hash.value)
        if known == nil { remember(hash.value) }
        return known != version
    }

    private mutating func remember(_ key: UInt64) {
        guard order.count == capacity else { return order.append(key) }
        versions[order[oldest]] = nil
        order[oldest] = key
        oldest = (oldest + 1) % capacity
    }
}

/// What tells one writing of a file from another.
struct FileVersion: Hashable {
    private let device: UInt
    private let inode: UInt
    private let size: Int
    private let written: Int64
    /// When the file was last written, renamed or linked, in nanoseconds since 1970.
    let changed: Int64

    /// The present version of a regular file; `nil` when it is none, or gone.
    init?(_ path: FilePath) {
        var status = stat()
        // `stat` fills the local structure and keeps nothing.
        guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = status.st_size
        written = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    /// Whether a path is a link, symbolic or hard.
    static func isLink(_ path: FilePath) -> Bool {
        var status = stat()
        // As above; `lstat` does not follow the link.
        guard unsafe path.withCString({ unsafe lstat($0, &status) }) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFLNK || status.st_nlink > 1
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
