public import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// What a picture is, as its file says, found without decoding its pixels where the format allows.
public struct PictureInspection: Hashable, Sendable {
    /// The size, upright.
    public let size: ImageSize
    /// The format's name, from the content.
    public let format: String
    /// The EXIF orientation, 1 to 8.
    public let orientation: Int
    /// More about the coding, where there is more to say.
    public let details: String?
}

extension PictureInspection {
    /// Reads a picture's header.
    public init(file path: FilePath) async throws {
        self = try await DedicatedThread.run { () throws(PenstockError) in
            let reader = FileReader()
            // The reader lives, and reads nothing more, until the probe is done.
            let info = try unsafe PictureDecoder().probe(try reader.read(path))
            return PictureInspection(
                size: info.size,
                format: info.format.description,
                orientation: info.orientation.rawValue,
                details: info.details
            )
        }
    }
}
