internal import Penstock

/// Frames that have been told as encoded, and whose file is still to come.
struct EncodedFrames: Sendable {
    private var first = 0
    private var count = 0

    /// Whether a video's line is still to come: until then every item is of that video.
    var isUnderWay: Bool { count > 0 }

    /// Takes note of an item; returns how many frames it tells of where it ends a video, and `nil` where it does not.
    mutating func note(_ item: ProcessedPicture) -> Int? {
        switch item.outcome {
        case .encoded:
            if count == 0 { first = item.index }
            count += 1
            return nil
        case .video(_, let frames):
            count = 0
            return frames
        case .written, .skipped, .failed:
            // What a video came to bears the number of its first frame, which has been told as encoded.
            guard count > 0, item.index == first else { return nil }
            defer { count = 0 }
            return count
        }
    }
}
