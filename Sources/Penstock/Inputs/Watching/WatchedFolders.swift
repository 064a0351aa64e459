internal import PenstockCore

/// Which folder each of the system's watches belongs to.
struct WatchedFolders {
    private var paths: [Int32: FilePath] = [:]
    private var watches: [FilePath: Int32] = [:]

    /// The path of a watched folder.
    subscript(watch: Int32) -> FilePath? { paths[watch] }

    func contains(_ path: FilePath) -> Bool { watches[path] != nil }

    mutating func add(_ watch: Int32, _ path: FilePath) {
        paths[watch] = path
        watches[path] = watch
    }

    mutating func remove(_ watch: Int32) {
        guard let path = paths.removeValue(forKey: watch), watches[path] == watch else { return }
        watches[path] = nil
    }

    /// Forgets a folder and those in it; returns their watches.
    mutating func removeAll(under path: FilePath) -> [Int32] {
        let found = all(under: path)
        for watch in found { remove(watch) }
        return found
    }

    /// Notes that a folder has another name now.
    mutating func rename(_ old: FilePath, to new: FilePath) {
        for watch in all(under: old) {
            guard let path = paths[watch] else { continue }
            remove(watch)
            add(watch, FilePath(bytes: new.bytes + path.bytes.dropFirst(old.bytes.count)))
        }
    }

    private func all(under path: FilePath) -> [Int32] {
        let prefix = path.bytes + [UInt8(ascii: "/")]
        return paths.compactMap { watch, other in other == path || other.bytes.starts(with: prefix) ? watch : nil }
    }
}
