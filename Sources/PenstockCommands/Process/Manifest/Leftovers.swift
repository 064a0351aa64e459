internal import Glibc
internal import PenstockCore

/// Unfinished files of a job that was killed.
enum Leftovers {
    private static let prefix = Array(".penstock-".utf8)
    private static let middle = Array(".partial".utf8)

    /// Removes them from a folder and the folders in it, but for folders that another penstock writes into.
    static func remove(from folder: FilePath) {
        var folders: [FilePath] = []
        try? FileSystem.visit(folder) { name, type in
            let path = folder.appending(name)
            if isUnfinished(name) {
                _ = unsafe path.withCString { unsafe unlink($0) }
            } else if type == Int(DT_DIR) {
                folders.append(path)
            }
        }
        for folder in folders where !FolderLock.isTaken(folder) { remove(from: folder) }
    }

    /// `.penstock-12.partial`, with any number; a video's ending may follow while it is encoded.
    private static func isUnfinished(_ name: [UInt8]) -> Bool {
        guard name.starts(with: prefix) else { return false }
        let rest = name.dropFirst(prefix.count)
        let number = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return !number.isEmpty && rest.dropFirst(number.count).starts(with: middle)
    }
}
