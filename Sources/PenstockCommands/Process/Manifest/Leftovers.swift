internal import Glibc
internal import Penstock
package import PenstockCore

/// Unfinished files of a job that was killed.
package enum Leftovers {
    /// Removes them from a folder and the folders in it, but for folders that another penstock writes into.
    package static func remove(from folder: FilePath) {
        var folders: [FilePath] = []
        try? FileSystem.visit(folder) { name, type in
            let path = folder.appending(name)
            if ProcessingJob.isLeftover(name) {
                _ = unsafe path.withCString { unsafe unlink($0) }
            } else if type == Int(DT_DIR) || type == Int(DT_UNKNOWN) && isOwnFolder(path) {
                folders.append(path)
            }
        }
        for folder in folders where !FolderLock.isTaken(folder) { remove(from: folder) }
    }

    /// Whether this is a folder, and not a link to one elsewhere; not every disk says so with the name.
    private static func isOwnFolder(_ path: FilePath) -> Bool {
        var status = stat()
        // `lstat` fills the local structure and keeps nothing.
        return unsafe path.withCString({ unsafe lstat($0, &status) }) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
