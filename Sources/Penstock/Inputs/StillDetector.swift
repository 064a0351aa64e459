internal import PenstockVideo

/// Tells frames that show what the last one that was classified showed.
///
/// Comparing with that one, and not with the frame before, keeps a slow change from passing unseen.
struct StillDetector {
    private let threshold: Double
    private var classified: GrayThumbnail?

    /// Makes a detector that takes changes of up to `threshold` grey levels for none.
    init(threshold: Double) {
        self.threshold = threshold
    }

    /// Whether the frame can have the result of the last one that could not.
    mutating func isStill(_ frame: VideoFrame) -> Bool {
        let thumbnail = GrayThumbnail(frame)
        if let classified, thumbnail.largestChange(from: classified) <= threshold { return true }
        classified = thumbnail
        return false
    }
}
