/// Decides which item goes into which place of which batch, and when a batch is ready to run.
///
/// A pure value: it takes the time as an argument and returns what is to be done. A batch is named by the lease that
/// lends it its memory. Items take places in the order in which they are claimed, so offline a batch's content follows
/// from the inputs alone, whichever thread finishes first.
package struct BatchAssembler<Lease: Hashable & Sendable>: Sendable {
    /// The places in a batch.
    package let capacity: Int
    /// How long a batch's first item may wait for company; `nil` where only a full batch or the end closes one.
    package let maxWait: Duration?

    private var open: Lease?
    private var batches: [Lease: Batch] = [:]

    private struct Batch: Sendable {
        var items: [Int] = []
        var filled: [Bool] = []
        var settled = 0
        var closed = false
        var openedAt: MonotonicTime?

        mutating func append(_ item: Int, at now: MonotonicTime) -> Int {
            openedAt = openedAt ?? now
            items.append(item)
            filled.append(false)
            return items.count - 1
        }
    }

    /// Makes an assembler with no batch open.
    package init(capacity: Int, maxWait: Duration? = nil) {
        precondition(capacity > 0, "a batch has at least one place")
        self.capacity = capacity
        self.maxWait = maxWait
    }
}

extension BatchAssembler {
    /// One item's place.
    package struct Slot: Hashable, Sendable {
        /// The batch.
        package let lease: Lease
        /// The place in the batch, from 0.
        package let position: Int
        /// The item that has it.
        package let item: Int
    }

    /// What is to be done with a batch whose items have all been settled.
    package enum Action: Equatable, Sendable {
        /// Run the first `count` places. `items` has the item of each place, `nil` where loading failed.
        case run(Lease, count: Int, items: [Int?])
        /// Nothing in it loaded: give the lease back.
        case release(Lease)
    }

    /// Whether the next claim needs a lease first.
    package var needsLease: Bool { open == nil }

    /// When the open batch must close although it is not full.
    package var deadline: MonotonicTime? {
        guard let maxWait, let opened = open.flatMap({ batches[$0]?.openedAt }) else { return nil }
        return opened + maxWait
    }

    /// Whether an item has a place in the open batch.
    package func openBatch(holds item: Int) -> Bool {
        open.flatMap { batches[$0] }?.items.contains(item) ?? false
    }

    /// Opens a batch.
    package mutating func begin(_ lease: Lease) {
        precondition(open == nil && batches[lease] == nil, "a batch is opened once, after the one before it closed")
        open = lease
        batches[lease] = Batch()
    }

    /// Gives the item the next place of the open batch, which closes when that was its last.
    package mutating func claim(item: Int, at now: MonotonicTime) -> Slot {
        guard let lease = open else { preconditionFailure("a claim needs an open batch: ask needsLease first") }
        let position = batches[lease]!.append(item, at: now)
        if position + 1 == capacity {
            batches[lease]!.closed = true
            open = nil
        }
        return Slot(lease: lease, position: position, item: item)
    }

    /// Records that the slot was filled, or that loading its item failed.
    package mutating func settle(_ slot: Slot, filled: Bool) -> Action? {
        batches[slot.lease]!.filled[slot.position] = filled
        batches[slot.lease]!.settled += 1
        return finish(slot.lease)
    }

    /// Closes the open batch: nothing more is coming.
    package mutating func close() -> Action? {
        guard let lease = open else { return nil }
        open = nil
        batches[lease]!.closed = true
        return finish(lease)
    }

    /// Closes the open batch if its time has come.
    package mutating func tick(at now: MonotonicTime) -> Action? {
        guard let deadline, deadline <= now else { return nil }
        return close()
    }

    private mutating func finish(_ lease: Lease) -> Action? {
        guard let batch = batches[lease], batch.closed, batch.settled == batch.items.count else { return nil }
        batches[lease] = nil
        guard let last = batch.filled.lastIndex(of: true) else { return .release(lease) }
        let items = zip(batch.items, batch.filled).prefix(last + 1).map { $1 ? $0 : nil }
        return .run(lease, count: last + 1, items: items)
    }
}
