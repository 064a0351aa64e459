internal import PenstockCore
internal import PenstockFlow

/// Says when each frame of a file would come in if the file were being sent: at its own time after the first.
struct FilePacer: Sendable {
    private var anchor: (time: Duration, moment: MonotonicTime)?
    private var last = Duration.zero

    /// A longer wait for the next frame is taken for a fault of the file.
    private static let longestStep = Duration.seconds(600)

    /// A pacer for a regular file; anything else comes at its own pace.
    init?(_ location: VideoLocation) {
        guard case .file(let path) = location, case .regular = FileSystem.kind(path) else { return nil }
    }

    /// Makes a pacer that has seen nothing.
    init() {}

    /// When a frame is due. A file whose times go backwards, or leap ahead, starts anew from there.
    mutating func due(_ time: Duration?, at now: MonotonicTime) -> MonotonicTime {
        guard let time else { return now }
        defer { last = time }
        guard let anchor, time >= last, time - last <= Self.longestStep else {
            anchor = (time, now)
            return now
        }
        return anchor.moment + (time - anchor.time)
    }
}
