internal import PenstockCore
public import PenstockVideo

/// What a video is, as its container and its codec say, found without decoding it.
public struct VideoInspection: Hashable, Sendable {
    /// Where the video is.
    public let location: VideoLocation
    /// What it is.
    public let description: VideoDescription
}

extension VideoInspection {
    /// Opens a video and reads what it says of itself.
    ///
    /// - Throws: When it cannot be opened, or holds no pictures.
    public init(_ location: VideoLocation) async throws {
        self.init(location: location, description: try await VideoInput.describe(location))
    }
}
