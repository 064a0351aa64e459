public import PenstockCore

/// Where a video comes from.
public enum VideoLocation: Hashable, Sendable {
    /// A file, or a pipe that carries one.
    case file(FilePath)
    /// An address that FFmpeg reads: `http`, `https`, `rtsp`, `rtmp`, `udp`, `srt` and their kin.
    case address(String)
    /// A camera, such as `/dev/video0`.
    case camera(FilePath)
    /// Frames without any container on standard input.
    case rawStandardInput(RawVideo)
}

extension VideoLocation {
    /// What the video is called in results.
    package var name: FilePath {
        switch self {
        case .file(let path), .camera(let path): path
        case .address(let address): FilePath(address)
        case .rawStandardInput: "-"
        }
    }
}

/// How raw frames are laid out.
public struct RawVideo: Hashable, Sendable {
    /// The size of each frame.
    public var size: ImageSize
    /// The pixel format, by FFmpeg's name for it.
    public var pixelFormat: String
    /// Frames a second; `nil` where frames carry no times.
    public var frameRate: Double?

    /// Makes a description.
    public init(size: ImageSize, pixelFormat: String = "rgb24", frameRate: Double? = nil) {
        self.size = size
        self.pixelFormat = pixelFormat
        self.frameRate = frameRate
    }
}
