import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages

@testable import PenstockVideo

/// Keeps what a capture gives out, and lets tests wait for it.
final class Recording: Sendable {
    struct State: Sendable {
        var elements: [LiveElement] = []
        var isEnded = false
    }

    let capture: LiveCapture
    private let state = Monitor(State())
    /// A test that waits longer than this hangs.
    static let patience = Duration.seconds(20)

    init(_ capture: LiveCapture) {
        self.capture = capture
    }

    /// Starts the capture. Frames are let go of at once; their places are kept.
    func start() throws {
        try capture.start { element in
            self.state.withLock { $0.elements.append(element) }
            self.state.wakeAll(.loaders)
            return true
        } whenEnded: {
            self.state.withLock { $0.isEnded = true }
            self.state.wakeAll(.loaders)
        }
    }

    /// Waits until what was given out satisfies a condition; `false` when that takes too long.
    func wait(until isSatisfied: @escaping @Sendable (State) -> Bool) async throws -> Bool {
        try await DedicatedThread.run { [state] () throws(PenstockError) -> Bool in
            let deadline = MonotonicTime.now + Self.patience
            return state.wait(.loaders) { state in
                isSatisfied(state) ? .ready(true) : .now >= deadline ? .ready(false) : .until(deadline)
            }
        }
    }

    /// Waits for an event of a kind, after which there are so many frames.
    func wait(for kind: StreamEvent.Kind, count: Int = 1, frames: Int = 0) async throws -> Bool {
        try await wait { state in
            var (events, frameCount) = (0, 0)
            for element in state.elements {
                switch element {
                case .event(let event): events += event.kind == kind ? 1 : 0
                case .frame: frameCount += events >= count ? 1 : 0
                case .failure: break
                }
            }
            return events >= count && frameCount >= frames
        }
    }

    /// Waits until frames that had come have stopped coming.
    func waitForBreak() async throws -> Bool {
        try await wait { state in
            let kinds = state.elements.compactMap { if case .event(let event) = $0 { event.kind } else { nil } }
            return kinds.last == .disconnected && kinds.contains(.connected)
        }
    }

    func waitForEnd() async throws -> Bool { try await wait { $0.isEnded } }

    var elements: [LiveElement] { state.withLock { $0.elements } }
    var events: [StreamEvent] { elements.compactMap { if case .event(let event) = $0 { event } else { nil } } }
    var frames: [LiveFrame] { elements.compactMap { if case .frame(let frame) = $0 { frame } else { nil } } }
    var failures: [PenstockError] {
        elements.compactMap { if case .failure(_, let error, _) = $0 { error } else { nil } }
    }
    var kinds: [StreamEvent.Kind] { events.map(\.kind) }

    /// Whether numbers and times only go on.
    var goesOn: Bool {
        zip(frames, frames.dropFirst()).allSatisfy {
            $0.moment.frame < $1.moment.frame && $0.moment.time! < $1.moment.time!
        }
    }
}

/// Plays what a source would do, in place of one.
final class PlayedInput: LiveInput {
    enum Step: Sendable {
        /// A frame of this number and time.
        case frame(Int, Double)
        case failure(PenstockError)
        case pause(Double)
        /// Waits until the capture is stopped.
        case hang
    }

    let claimedRate: Double? = 25
    private(set) var lastArrival = MonotonicTime.now
    private var steps: ArraySlice<Step>
    private let pool: FramePool
    private let stopping: CancellationFlag

    init(_ steps: [Step], pool: FramePool, stopping: CancellationFlag) {
        self.steps = steps[...]
        self.pool = pool
        self.stopping = stopping
    }

    func next() -> VideoElement? {
        while let step = steps.popFirst() {
            switch step {
            case .frame(let number, let time):
                guard let frame = pool.take() else { return nil }
                let moment = FrameMoment(frame: number, time: .seconds(time))
                lastArrival = .now
                return .frame(VideoFrame(adopting: frame, from: pool, moment: moment))
            case .failure(let error): return .failure(nil, error)
            case .pause(let seconds): usleep(UInt32(seconds * 1e6))
            case .hang: while !stopping.isRaised { usleep(2000) }
            }
        }
        return nil
    }
}
