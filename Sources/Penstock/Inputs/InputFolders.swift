internal import PenstockCore

/// The folders among a job's inputs: what lies in them keeps its place below wherever results go.
struct InputFolders: Sendable {
    private let folders: [FilePath]

    init(of source: PictureSource) {
        folders = source.folders
    }

    /// A source's name: its path below the folder that it was found in, or else its last part.
    func name(of source: FilePath) -> FilePath {
        if let folder = folders.first(where: { source.bytes.starts(with: $0.bytes + [UInt8(ascii: "/")]) }) {
            return FilePath(bytes: source.bytes.dropFirst(folder.bytes.count + 1))
        }
        let last = FilePath(bytes: source.lastComponent)
        return last.bytes.isEmpty ? "unnamed" : last
    }
}

extension PictureSource {
    /// The folders among the inputs, without closing slashes.
    fileprivate var folders: [FilePath] {
        inputs.compactMap { input in
            guard case .named(let path) = input, FileSystem.isDirectory(path) else {
                if case .folder(let path) = input { return path.withoutClosingSlashes }
                return nil
            }
            return path.withoutClosingSlashes
        }
    }
}

extension FilePath {
    fileprivate var withoutClosingSlashes: FilePath {
        FilePath(bytes: bytes.reversed().drop { $0 == UInt8(ascii: "/") }.reversed())
    }
}
