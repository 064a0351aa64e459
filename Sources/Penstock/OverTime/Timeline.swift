internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// Gives results the meaning that they have together: takes them in order, and knows each stream's past.
///
/// A frame that was not looked at gets the result of the one before it, scores are smoothed, and events are told.
/// Only streams that are under way are remembered, however many a job goes through.
final class Timeline: Sendable {
    private let options: ClassificationJob.Options
    private let reader: ScoreReader
    private let streams = Mutex<[Int: StreamPast]>([:])

    init(_ options: ClassificationJob.Options, reader: ScoreReader) {
        self.options = options
        self.reader = reader
    }

    /// The result as it is handed over. Call it for every result, in order.
    func refine(_ item: ClassifiedPicture) -> ClassifiedPicture {
        guard item.moment != nil else { return item }
        let (refined, segments) = streams.withLock { streams in
            var segments: [EventSegment] = []
            // Taken out while it changes, so that its arrays are not copied.
            var past = streams.removeValue(forKey: item.companions.lane) ?? newPast(item.source)
            if past.source != item.source {
                segments = past.finish()
                past = newPast(item.source)
            }
            var refined = item
            segments += past.take(&refined, reader)
            streams[item.companions.lane] = past
            return (refined, segments)
        }
        for segment in segments { options.events?.report(segment) }
        return refined
    }

    private func newPast(_ source: FilePath) -> StreamPast {
        StreamPast(source, options, reader.labels)
    }

    /// Tells the events that last to the end.
    func finish() {
        let segments = streams.withLock { streams in
            defer { streams = [:] }
            return streams.keys.sorted().flatMap { streams[$0]!.finish() }
        }
        for segment in segments { options.events?.report(segment) }
    }
}
