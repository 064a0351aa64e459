internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo
internal import Synchronization

/// What comes to a job at its own pace: live streams and a watched folder, side by side with inputs that are just read.
///
/// Each has a thread and a lane of a fair merge, so that none keeps another waiting. Only the lanes of live streams drop
/// anything.
final class ArrivingInputs: Sendable {
    /// An element of a lane.
    struct Merged: Sendable {
        let lane: Int
        let content: Content

        enum Content: Sendable {
            case element(InputElement)
            case live(FilePath, LiveElement)
        }
    }

    private let merge: FairMerge<Merged>
    private let producers: Producers

    /// Frames that wait in a stream's lane: enough for those that a network brings in one piece, and few enough to be of
    /// now.
    private static let liveCapacity = 4
    private static let readCapacity = 4

    /// Inputs of which `onDrop` is told what was given up.
    init(onDrop: @escaping @Sendable (Accounting.DropReason, Int) -> Void) {
        let producers = Producers()
        self.producers = producers
        merge = FairMerge { lane, reason, count in
            producers.capture(of: lane.number)?.noteDrops(count)
            onDrop(reason, count)
        }
    }
}

// MARK: - Producers

extension ArrivingInputs {
    /// Begins to capture a stream.
    func addStream(
        _ name: FilePath,
        _ configuration: LiveCapture.Configuration,
        _ settings: LiveSettings
    ) throws(PenstockError) {
        let lane = merge.addLane(
            .init(capacity: Self.liveCapacity, whenFull: settings.whenFull, maxAge: settings.maxAge)
        )
        let capture = LiveCapture(configuration)
        producers.add(capture, named: name, lane: lane.number)
        try capture.start { [merge] element in
            merge.offer(
                Merged(lane: lane.number, content: .live(name, element)),
                to: lane,
                arrivedAt: element.arrival?.monotonic ?? .now,
                mayDrop: element.mayBeDropped
            )
        } whenEnded: { [merge] in
            merge.finish(lane)
        }
    }

    /// Begins to take files as they are completed in a folder.
    ///
    /// - Throws: Also when the folder cannot be watched.
    func addWatch(_ folder: FilePath, open: VideoItems.Opening, unwanted: UnwantedFiles) throws(PenstockError) {
        let stopping = try WakeUp()
        let watch = try FolderWatch(folder, stopping: stopping)
        producers.add(stopping)
        try addReader { ExpandedInputs(WatchedFiles(watch, unwanted: unwanted), open: open) }
    }

    /// Begins to go through inputs that are there already, on a thread of their own.
    func addReader(
        _ makeInputs: @escaping @Sendable () throws(PenstockError) -> any IteratorProtocol<InputElement>
    ) throws(PenstockError) {
        let lane = merge.addLane(.init(capacity: Self.readCapacity))
        try DedicatedThread.start { [merge] in
            defer { merge.finish(lane) }
            guard var inputs = try? makeInputs() else { return }
            while let element = inputs.next(),
                merge.offer(Merged(lane: lane.number, content: .element(element)), to: lane, mayDrop: false)
            {}
        }
    }
}

// MARK: - The job's side

extension ArrivingInputs {
    /// The next element, without its place in the job; sleeps until there is one. `nil` when nothing more can come.
    func next() -> Merged? { merge.next() }

    /// Ends everything, from any thread.
    func stop() {
        merge.close()
        producers.stop()
    }

    /// What came of the live streams so far.
    var streams: [StreamSummary] { producers.streams }
}

/// Whoever brings elements, to be stopped and asked.
private final class Producers: Sendable {
    private struct State: Sendable {
        var captures: [Int: (name: FilePath, capture: LiveCapture)] = [:]
        var watch: WakeUp?
    }

    private let state = Mutex(State())

    func add(_ capture: LiveCapture, named name: FilePath, lane: Int) {
        state.withLock { $0.captures[lane] = (name, capture) }
    }

    func add(_ watch: WakeUp) {
        state.withLock { $0.watch = watch }
    }

    func capture(of lane: Int) -> LiveCapture? { state.withLock { $0.captures[lane]?.capture } }

    func stop() {
        let state = state.withLock { $0 }
        for (_, capture) in state.captures.values { capture.stop() }
        state.watch?.raise()
    }

    var streams: [StreamSummary] {
        state.withLock(\.captures).sorted { $0.key < $1.key }.map { _, stream in
            StreamSummary(source: stream.name, report: stream.capture.report)
        }
    }
}
