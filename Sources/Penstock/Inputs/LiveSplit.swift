internal import PenstockCore
internal import PenstockVideo

/// A source's streams, which are taken at the same time, apart from the rest, which is gone through in order.
struct LiveSplit {
    private(set) var streams: [(name: FilePath, location: VideoLocation)] = []
    private(set) var rest = PictureSource(inputs: [])

    /// Splits a source. Only what is named by itself is a stream: a folder's videos are read one after the other.
    init(_ source: PictureSource, isLive: Bool) {
        for input in source.inputs {
            if isLive, let stream = Self.stream(input) { streams.append(stream) } else { rest.inputs.append(input) }
        }
    }

    private static func stream(_ input: PictureSource.Input) -> (FilePath, VideoLocation)? {
        switch input {
        case .video(let name, let location): return (name, location)
        case .named(let path) where !FileSystem.isDirectory(path), .file(let path):
            guard case .video(let location) = MediaKind(path, isLive: true) else { return nil }
            return (path, location)
        case .named, .pattern, .folder, .list, .standardInput, .bytes, .pixels: return nil
        }
    }
}
