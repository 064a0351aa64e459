internal import PenstockCore

/// How a report calls an item.
enum ItemName {
    /// The source, and the frame of a video.
    static func text(_ source: FilePath, _ frame: Int?) -> String {
        source.description + (frame.map { " #\($0)" } ?? "")
    }
}
