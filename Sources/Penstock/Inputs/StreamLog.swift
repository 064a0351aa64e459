internal import PenstockCore
internal import PenstockVideo
internal import Synchronization

/// Keeps what came of each video, for the summary: of the first few thousand, so that memory is bounded.
final class StreamLog: Sendable {
    private static let mostStreams = 4096

    private let finished = Mutex<[StreamSummary]>([])

    /// What came of the videos that have been read.
    var summaries: [StreamSummary] { finished.withLock { $0 } }

    /// Notes a video that has been read.
    func add(_ summary: StreamSummary) {
        finished.withLock { finished in
            if finished.count < Self.mostStreams { finished.append(summary) }
        }
    }
}
