internal import PenstockCore

/// The folders and patterns among a job's inputs: what they find keeps its place below wherever results go.
struct InputFolders: Sendable {
    private let folders: [FilePath]
    private let patterns: [GlobPattern]

    init(of source: PictureSource) {
        folders = source.inputs.compactMap(\.folder)
        patterns = source.inputs.compactMap(\.pattern)
    }

    /// A source's name: its path below the folder that it was found in, or else its last part.
    func name(of source: FilePath) -> FilePath {
        if let folder = folders.first(where: { source.bytes.starts(with: $0.bytes + [UInt8(ascii: "/")]) }) {
            return FilePath(bytes: source.bytes.dropFirst(folder.bytes.count + 1))
        }
        if let name = patterns.lazy.compactMap({ $0.name(of: source) }).first { return name }
        let last = FilePath(bytes: source.lastComponent)
        return last.bytes.isEmpty ? "unnamed" : last
    }
}

extension InputFolders {
    /// Refuses to read from a folder that is written over: what comes later would be read from what was written before.
    func check(apartFrom output: FilePath) throws(PenstockError) {
        for folder in folders + patterns.map(\.base) where (folder.bytes.isEmpty ? "." : folder).lies(in: output) {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(folder) is read from and lies in \(output), which is written over: its pictures would be lost before they "
                    + "are read. Name another folder for the files, or leave --on-conflict overwrite out."
            )
        }
    }
}

extension PictureSource.Input {
    /// The folder that this is, without closing slashes.
    fileprivate var folder: FilePath? {
        switch self {
        case .folder(let path): path.withoutClosingSlashes
        case .named(let path) where FileSystem.isDirectory(path): path.withoutClosingSlashes
        default: nil
        }
    }

    /// The pattern that this is: what is there under its own name is none.
    fileprivate var pattern: GlobPattern? {
        switch self {
        case .pattern(let path): GlobPattern(path)
        case .named(let path) where !FileSystem.exists(path): GlobPattern(path)
        default: nil
        }
    }
}

extension GlobPattern {
    /// The path below the pattern's base of something that it finds.
    fileprivate func name(of source: FilePath) -> FilePath? {
        let slash = UInt8(ascii: "/")
        let start = base.bytes.isEmpty ? [] : base.withoutClosingSlashes.bytes + [slash]
        guard source.bytes.starts(with: start) else { return nil }
        let name = source.bytes.dropFirst(start.count)
        return matches(name.split(separator: slash).map { FilePath(bytes: $0) }) ? FilePath(bytes: name) : nil
    }
}

extension FilePath {
    /// Whether this is the folder `other` or one below it, whatever they are called.
    fileprivate func lies(in other: FilePath) -> Bool {
        guard let mine = FileSystem.resolved(self), let others = FileSystem.resolved(other) else { return false }
        return mine == others || mine.bytes.starts(with: others.bytes + [UInt8(ascii: "/")])
    }

    fileprivate var withoutClosingSlashes: FilePath {
        FilePath(bytes: bytes.reversed().drop { $0 == UInt8(ascii: "/") }.reversed())
    }
}
