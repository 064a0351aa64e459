package import PenstockCore

/// Tells videos by their content.
package enum VideoContent {
    /// The bytes that tell: three packets of a transport stream.
    private static let headBytes = 3 * 188

    /// Whether a file begins as a video does. A file that cannot be read does not.
    package static func isVideo(_ path: FilePath) -> Bool {
        guard case .regular = FileSystem.kind(path), let head = try? SmallFile.head(path, upTo: headBytes) else {
            return false
        }
        return PictureFormat(content: head.span) == nil && NotAPicture.videoContainer(head.span) != nil
    }
}
