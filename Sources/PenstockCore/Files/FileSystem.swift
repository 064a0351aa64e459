internal import Glibc

/// Questions about files that are answered without opening them.
package enum FileSystem {
    /// What a path names.
    package enum Kind: Hashable, Sendable {
        case regular(bytes: Int)
        case directory
        case other
    }

    /// What the path names, following links; `nil` where there is nothing.
    package static func kind(_ path: FilePath) -> Kind? {
        guard let status = status(path) else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .regular(bytes: status.st_size)
        case S_IFDIR: return .directory
        default: return .other
        }
    }

    /// Whether the path names anything.
    package static func exists(_ path: FilePath) -> Bool { kind(path) != nil }

    /// The one absolute path of what a path names, without links in it; `nil` where there is nothing.
    package static func resolved(_ path: FilePath) -> FilePath? {
        // The call allocates the result, which is copied and freed.
        guard let found = unsafe path.withCString({ unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(found) }
        return unsafe FilePath(bytes: UnsafeRawBufferPointer(start: found, count: strlen(found)))
    }

    /// Whether two paths name one file, following links.
    package static func isSameFile(_ left: FilePath, _ right: FilePath) -> Bool {
        var (first, second) = (stat(), stat())
        // Both calls fill local structures and keep nothing.
        guard unsafe left.withCString({ unsafe stat($0, &first) }) == 0,
            unsafe right.withCString({ unsafe stat($0, &second) }) == 0
        else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    /// Whether the path names a folder.
    package static func isDirectory(_ path: FilePath) -> Bool { kind(path) == .directory }

    /// Whether the path names a folder in which this user may make and remove files.
    package static func isWritableDirectory(_ path: FilePath) -> Bool {
        guard isDirectory(path) else { return false }
        // The call looks, and keeps nothing.
        return unsafe path.withCString { unsafe access($0, W_OK | X_OK) } == 0
    }

    /// Whether the path names a pipe or a socket, which is read once from its beginning to its end.
    package static func isPipe(_ path: FilePath) -> Bool {
        guard let status = status(path) else { return false }
        return [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }

    /// Whether the path names a camera or a tuner.
    package static func isCamera(_ path: FilePath) -> Bool {
        guard let status = status(path), status.st_mode & S_IFMT == S_IFCHR else { return false }
        // Linux has given the number 81 to the drivers of these; it stands above the lowest byte of the device.
        return status.st_rdev >> 8 & 0xFFF == 81
    }

    private static func status(_ path: FilePath) -> stat? {
        var status = stat()
        // `stat` fills the local structure and keeps nothing.
        return unsafe path.withCString({ unsafe stat($0, &status) }) == 0 ? status : nil
    }

    /// The names in a folder, in no order, without `.` and `..`; as far as it can be read.
    package static func names(in folder: FilePath) -> [[UInt8]] {
        var names: [[UInt8]] = []
        try? visit(folder) { name, _ in names.append(name) }
        return names
    }

    /// Calls `body` with the name and the type (`DT_DIR`…) of each entry of a folder, in no order, without `.` and `..`.
    ///
    /// - Throws: When the folder cannot be read, or not to its end.
    package static func visit(_ folder: FilePath, _ body: ([UInt8], Int) -> Void) throws(PenstockError) {
        guard let directory = unsafe folder.withCString({ unsafe opendir($0) }) else {
            throw SystemFailure.reading(folder, errno)
        }
        defer { unsafe closedir(directory) }
        errno = 0
        // An entry is valid until the next `readdir`; its name is copied at once.
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            if name != [0x2E] && name != [0x2E, 0x2E] { body(name, unsafe Int(entry.pointee.d_type)) }
            errno = 0
        }
        guard errno == 0 else { throw SystemFailure.reading(folder, errno) }
    }

    /// Where this program's file lies.
    package static var executable: FilePath {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            // `readlink` writes at most the capacity that it is given, and says how much.
            let length = unsafe readlink("/proc/self/exe", buffer.baseAddress!, buffer.count)
            count = max(0, length)
        }
        return FilePath(bytes: bytes)
    }

    /// The folders above a path, the nearest first.
    package static func ancestors(of path: FilePath) -> [FilePath] {
        var folders: [FilePath] = []
        var folder = path.parent
        while folders.last != folder {
            folders.append(folder)
            folder = folder.parent
        }
        return folders
    }

    /// Makes a folder and those above it that are missing.
    package static func makeDirectory(_ path: FilePath) throws(PenstockError) {
        if isDirectory(path) { return }
        if path.parent != path { try makeDirectory(path.parent) }
        let result = unsafe path.withCString { unsafe mkdir($0, 0o755) }
        let failure = errno
        guard result == 0 || failure == EEXIST else { throw SystemFailure.writing(path, failure) }
    }
}
