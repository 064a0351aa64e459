public import PenstockCore
public import PenstockVideo

/// Where a job's pictures and videos come from: paths, folders, patterns, lists and addresses, in the order given.
///
/// Nothing is listed ahead of time; a source of a million pictures takes no more memory than one of a hundred.
public struct PictureSource: Sendable {
    var inputs: [Input]

    /// One of the things that a source is made of.
    enum Input: Hashable, Sendable {
        /// Whatever the text turns out to name, as on a command line.
        case named(FilePath)
        /// A file or an address, and nothing else.
        case file(FilePath)
        /// The files that match a pattern.
        case pattern(FilePath)
        /// Pictures of a folder and the folders in it.
        case folder(FilePath)
        /// Paths or addresses, one a line, in a file.
        case list(FilePath, ListSeparator)
        /// Paths or addresses, one a line, on standard input.
        case standardInput(ListSeparator)
        /// An encoded picture in memory.
        case bytes(name: String, [UInt8])
        /// Frames.
        case video(name: FilePath, VideoLocation)
        /// Pixels, as somebody brings them.
        case pixels(PixelInputs)
    }
}

/// What ends each path of a list.
public enum ListSeparator: UInt8, Hashable, Sendable {
    /// The end of a line.
    case newline = 0x0A
    /// A NUL, as `find -print0` writes: the only way to list names that hold a newline.
    case nul = 0
}

extension PictureSource {
    /// What command-line arguments mean: a picture or a video, a folder, a pattern, `@list.txt`, `-` for paths on
    /// standard input, a camera such as `/dev/video0`, or an address such as `https://…` or `rtsp://…`.
    public static func arguments(_ arguments: [FilePath], separator: ListSeparator = .newline) -> PictureSource {
        PictureSource(inputs: arguments.map { Input(argument: $0, separator: separator) })
    }

    /// The pictures of a folder and the folders in it, in the order of their names.
    public static func folder(_ path: FilePath) -> PictureSource {
        PictureSource(inputs: [.folder(path)])
    }

    /// The files that match a pattern, whatever they are called, such as `photos/**/*.jpg`.
    public static func glob(_ pattern: String) -> PictureSource {
        PictureSource(inputs: [.pattern(FilePath(pattern))])
    }

    /// The given files and addresses, each taken as it is written.
    public static func files(_ paths: some Sequence<FilePath>) -> PictureSource {
        PictureSource(inputs: paths.map { .file($0) })
    }

    /// An encoded picture in memory, known by `name` in its result.
    public static func bytes(_ bytes: [UInt8], name: String) -> PictureSource {
        PictureSource(inputs: [.bytes(name: name, bytes)])
    }

    /// The frames of a video, whatever its name says.
    public static func video(_ location: VideoLocation) -> PictureSource {
        PictureSource(inputs: [.video(name: location.name, location)])
    }

    /// This source, and then another.
    public func followed(by other: PictureSource) -> PictureSource {
        PictureSource(inputs: inputs + other.inputs)
    }
}

extension PictureSource.Input {
    init(argument: FilePath, separator: ListSeparator) {
        if argument.bytes == [UInt8(ascii: "-")] {
            self = .standardInput(separator)
        } else if argument.bytes.first == UInt8(ascii: "@"), argument.bytes.count > 1 {
            self = .list(FilePath(bytes: argument.bytes.dropFirst()), separator)
        } else {
            self = .named(argument)
        }
    }
}

extension PictureSource {
    /// Whether its inputs come with their pixels.
    var holdsPixels: Bool { inputs.contains { if case .pixels = $0 { true } else { false } } }
}
