internal import Penstock
internal import PenstockCore
internal import Synchronization

/// Takes a job's events to their file.
final class EventLog: Sendable {
    private let settled = Mutex<[EventSegment]>([])
    private let withoutTime = Atomic(false)

    /// Whether a frame came of which nobody knows when it is shown.
    var sawFrameWithoutTime: Bool { withoutTime.load(ordering: .relaxed) }

    /// Takes note of a result.
    func look(at item: ClassifiedPicture) {
        if let moment = item.moment, moment.time == nil { withoutTime.store(true, ordering: .relaxed) }
    }

    /// What a job calls with each event. The file is written by whoever takes the results, a moment later.
    func watch(_ rules: EventDetector.Configuration) -> EventWatch {
        EventWatch(rules: rules) { [self] event in settled.withLock { $0.append(event) } }
    }

    /// Takes what has been told since the last call.
    func takeAll() -> [EventSegment] {
        settled.withLock { settled in
            defer { settled = [] }
            return settled
        }
    }
}
