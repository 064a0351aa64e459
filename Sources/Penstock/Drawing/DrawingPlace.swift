internal import PenstockCore
internal import PenstockVideo

/// Where results are drawn, and under which names.
struct DrawingPlace: Sendable {
    private let path: FilePath
    /// Whether `path` is the file of one video; otherwise it is a folder.
    let isVideo: Bool
    private let folders: InputFolders

    init(_ path: FilePath, of source: PictureSource) {
        self.path = path
        isVideo = EncodedVideo.writes(path) && !FileSystem.isDirectory(path)
        folders = InputFolders(of: source)
    }

    /// The folder for everything.
    var folder: FilePath { path }

    /// A source's name below the folder.
    func name(of source: FilePath) -> FilePath { folders.name(of: source) }

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
