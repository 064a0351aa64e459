public import PenstockCore
internal import PenstockVideo

/// What a picture or a video is; which of the two, its content decides.
public enum MediaInspection: Hashable, Sendable {
    /// It is a picture.
    case picture(PictureInspection)
    /// It is a video.
    case video(VideoInspection)
}

extension MediaInspection {
    /// Looks at a file, a camera or an address.
    ///
    /// - Throws: When it is neither a picture nor a video, or cannot be had.
    public init(_ path: FilePath) async throws {
        if let location = Self.stream(path) {
            self = .video(try await VideoInspection(location))
            return
        }
        do {
            self = .picture(try await PictureInspection(file: path))
        } catch let error as PenstockError where error.code == .unsupported {
            self = .video(try await Self.video(path, unlike: error))
        }
    }

    /// What plainly is no file; `nil` for a path that may be a picture's.
    private static func stream(_ path: FilePath) -> VideoLocation? {
        if path.scheme != nil { return .address(path.description) }
        guard FileSystem.kind(path) == .other else { return nil }
        return FileSystem.isCamera(path) ? .camera(path) : .file(path)
    }

    /// Looks at a video that was not a picture for the given reason, which stands if it is no video either.
    private static func video(_ path: FilePath, unlike picture: PenstockError) async throws -> VideoInspection {
        do {
            return try await VideoInspection(.file(path))
        } catch let error as PenstockError {
            throw error == .notAVideo ? picture : error
        }
    }
}
