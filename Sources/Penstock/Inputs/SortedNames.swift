internal import Glibc
internal import PenstockCore

/// A folder's entries in the order of their names, in bounded memory however many there are.
///
/// The folder is read in passes. Each keeps the first names beyond those already handed out, so a folder of a million
/// entries is read some fifteen times and never held whole.
struct SortedNames {
    /// An entry of a folder.
    struct Entry: Comparable {
        let name: [UInt8]
        let isDirectory: Bool

        static func < (left: Entry, right: Entry) -> Bool { left.name.lexicographicallyPrecedes(right.name) }
        static func == (left: Entry, right: Entry) -> Bool { left.name == right.name }
    }

    private let folder: FilePath
    private let passSize: Int
    /// The present pass, last name first.
    private var pass: [Entry] = []
    private var last: Entry?
    private var isLastPass = false

    /// Opens nothing yet; each pass opens the folder anew.
    init(_ folder: FilePath, passSize: Int = 65536) {
        self.folder = folder
        self.passSize = passSize
    }

    /// The next entry; `nil` at the end.
    ///
    /// - Throws: When the folder cannot be read, or not to its end.
    mutating func next() throws(PenstockError) -> Entry? {
        if pass.isEmpty && !isLastPass { try readPass() }
        guard let entry = pass.popLast() else { return nil }
        last = entry
        return entry
    }

    private mutating func readPass() throws(PenstockError) {
        var kept: [Entry] = []
        var hasMore = false
        try visit { entry in
            if let last, entry <= last { return }
            kept.append(entry)
            if kept.count >= 2 * passSize {
                kept.sort()
                kept.removeSubrange(passSize...)
                hasMore = true
            }
        }
        kept.sort()
        if kept.count > passSize {
            kept.removeSubrange(passSize...)
            hasMore = true
        }
        isLastPass = !hasMore
        pass = kept.reversed()
    }

    private func visit(_ body: (Entry) -> Void) throws(PenstockError) {
        do throws(PenstockError) {
            try FileSystem.visit(folder) { name, type in
                body(Entry(name: name, isDirectory: isDirectory(name, type: type)))
            }
        } catch {
            var failure = error
            failure.stage = .list
            throw failure
        }
    }

    /// Most file systems say what an entry is; links, and those that do not say, are asked about.
    private func isDirectory(_ name: [UInt8], type: Int) -> Bool {
        switch type {
        case Int(DT_DIR): true
        case Int(DT_LNK), Int(DT_UNKNOWN): FileSystem.isDirectory(folder.appending(name))
        default: false
        }
    }
}
