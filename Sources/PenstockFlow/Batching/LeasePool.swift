internal import Synchronization

/// A fixed number of things that batches borrow: inference requests with their memory.
///
/// There are never more than it was made with, and that is the pipeline's back-pressure. Several jobs may share one.
package final class LeasePool<Resource: Hashable & Sendable>: Sendable {
    private struct State {
        var free: [Resource]
        var listeners: [Int: @Sendable () -> Void] = [:]
        var nextListener = 0
    }

    private let state: Mutex<State>
    /// How many there are in all.
    package let count: Int

    /// Makes a pool of the given things, all free.
    package init(_ resources: [Resource]) {
        count = resources.count
        state = Mutex(State(free: resources))
    }
}

extension LeasePool {
    /// Takes one if one is free. The one given back last comes first, since its memory is still in the cache.
    package func take() -> Resource? {
        state.withLock { $0.free.popLast() }
    }

    /// Gives one back, and tells everyone who waits.
    package func giveBack(_ resource: Resource) {
        let listeners = state.withLock { state in
            state.free.append(resource)
            return state.listeners
        }
        for listener in listeners.values { listener() }
    }

    /// How many are free; equal to `count` when nothing is outstanding.
    package var freeCount: Int {
        state.withLock { $0.free.count }
    }

    /// Has `body` called, on any thread, each time one is given back.
    package func listen(_ body: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = body
            return state.nextListener
        }
    }

    /// Ends what `listen` began.
    package func stopListening(_ listener: Int) {
        state.withLock { $0.listeners[listener] = nil }
    }
}
