internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
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
        self = try await DedicatedThread.run { () throws(PenstockError) in
            let input = try VideoInput(
                location,
                options: VideoOptions(),
                pool: FramePool(limit: 1),
                stopping: CancellationFlag()
            )
            return VideoInspection(location: location, description: input.description)
        }
    }
}
