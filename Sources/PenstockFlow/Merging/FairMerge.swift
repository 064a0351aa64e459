/// Joins what several producers bring, each on its own thread, into one sequence for one consuming thread.
///
/// Each producer has a lane: a short queue with a rule for when it is full. The consumer takes from the lanes in turn,
/// so a fast producer never keeps a slow one waiting for more than one element. The decisions are all in
/// `StateMachine`; this class carries them out.
package final class FairMerge<Element: Sendable>: Sendable {
    /// Called, with no lock held, with what a lane has given up.
    package typealias DropHandler = @Sendable (Lane, Accounting.DropReason, Int) -> Void

    private let state = Monitor(StateMachine())
    private let onDrop: DropHandler

    /// Makes a merge without lanes.
    package init(onDrop: @escaping DropHandler) {
        self.onDrop = onDrop
    }
}

extension FairMerge {
    /// Opens a lane. Lanes are opened before the consumer begins, or while another lane is still open.
    package func addLane(_ configuration: LaneConfiguration) -> Lane {
        state.withLock { $0.addLane(configuration) }
    }

    /// Puts an element into a lane, waiting for room where the lane's rule says so; `false` when the merge, or the lane,
    /// takes no more.
    ///
    /// What may not be dropped, such as an event or a failure, waits for room where nothing else can make way for it.
    package func offer(
        _ element: Element,
        to lane: Lane,
        arrivedAt: MonotonicTime = .now,
        mayDrop: Bool = true
    ) -> Bool {
        let entry = Entry(element, arrivedAt: arrivedAt, mayDrop: mayDrop)
        let offer = state.wait(.source) { state in
            let offer = state.offer(entry, to: lane)
            return offer == .full ? .until(nil) : .ready(offer)
        }
        state.wakeOne(.loaders)
        if offer == .acceptedDroppingOne { onDrop(lane, .queueFull, 1) }
        return offer != .refused
    }

    /// Ends a lane: what is in it is still taken, and nothing more goes in.
    package func finish(_ lane: Lane) {
        state.withLock { $0.finish(lane) }
        state.wakeAll(.source)
        state.wakeAll(.loaders)
    }

    /// The next element of the lane whose turn it is; sleeps until there is one. `nil` when every lane has ended, or the
    /// merge was closed.
    package func next() -> Element? {
        while true {
            let (take, drops) = state.wait(.loaders) { state -> Waiting<(StateMachine.Take, [Drop])> in
                let (take, drops) = state.take(at: .now)
                // What was found too old is reported even when nothing younger is there.
                if case .wait = take, drops.isEmpty { return .until(nil) }
                return .ready((take, drops))
            }
            state.wakeAll(.source)
            for drop in drops { onDrop(drop.lane, drop.reason, drop.count) }
            switch take {
            case .element(let element): return element
            case .finished: return nil
            case .wait: continue
            }
        }
    }

    /// Ends everything, from any thread: nobody waits any more, and what is in the lanes is given up.
    package func close() {
        let drops = state.withLock { $0.close() }
        state.wakeAll(.source)
        state.wakeAll(.loaders)
        for drop in drops { onDrop(drop.lane, drop.reason, drop.count) }
    }
}
