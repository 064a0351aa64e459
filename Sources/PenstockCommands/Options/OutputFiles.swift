internal import PenstockCore

/// The files that a command line names, each after its option.
enum OutputFiles {
    /// Makes sure that no two options name one file, in whatever words.
    static func checkDistinct(_ files: [(option: String, path: FilePath?)]) throws(UsageError) {
        let named = files.compactMap { file in file.path.map { (file.option, $0) } }
        for (place, (option, path)) in named.enumerated() {
            guard let (other, first) = named[..<place].first(where: { isSame($0.1, path) }) else { continue }
            let also = first == path ? "" : ", which is \(first.description.quoted)"
            throw UsageError("\(other) and \(option) both name \(path.description.quoted)\(also); give each a file.")
        }
    }

    /// Whether two paths lead to one file, or will once it is there. A terminal or a pipe takes what several write.
    private static func isSame(_ left: FilePath, _ right: FilePath) -> Bool {
        if left == right { return true }
        switch FileSystem.kind(left) {
        case nil: return left.lastComponent == right.lastComponent && FileSystem.isSameFile(left.parent, right.parent)
        case .other: return false
        case .regular, .directory: return FileSystem.isSameFile(left, right)
        }
    }
}
