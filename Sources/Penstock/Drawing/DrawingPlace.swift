internal import PenstockCore
internal import PenstockVideo

/// Where results are drawn, and under which names.
struct DrawingPlace: Sendable {
    private let path: FilePath
    /// Whether `path` is the file of one video; otherwise it is a folder.
    let isVideo: Bool
    /// The folders that were given as inputs: what lies in them keeps its place below.
    private let folders: [FilePath]

    init(_ path: FilePath, of source: PictureSource) {
        self.path = path
        isVideo = EncodedVideo.writes(path) && !FileSystem.isDirectory(path)
        folders = source.folders
    }

    /// The folder for everything.
    var folder: FilePath { path }

    /// A source's name below the folder: its path below the folder that it was found in, or else its last part.
    func name(of source: FilePath) -> FilePath {
        if let folder = folders.first(where: { source.bytes.starts(with: $0.bytes + [UInt8(ascii: "/")]) }) {
            return FilePath(bytes: source.bytes.dropFirst(folder.bytes.count + 1))
        }
        let last = FilePath(bytes: source.lastComponent)
        return last.bytes.isEmpty ? "unnamed" : last
    }

    /// The file for a video's frames; `number` tells apart what would have one name.
    func video(of source: FilePath, number: Int) -> FilePath {
        if isVideo { return path }
        let name = name(of: source)
        let ending = name.lowercasedExtension
        let keepsEnding = EncodedVideo.writes(name)
        let stem = keepsEnding ? name.bytes.dropLast(ending.utf8.count + 1) : name.bytes[...]
        let mark = number == 0 ? "" : " (\(number + 1))"
        return path.appending(stem + "\(mark).\(keepsEnding ? ending : "mp4")".utf8)
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
