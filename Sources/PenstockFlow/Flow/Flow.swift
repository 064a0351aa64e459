package import PenstockCore

/// Carries items from a source through loader threads and batches to one consumer, within fixed bounds.
///
/// A source thread fills a short queue; loader threads take items from it in order, each with a place in a batch that
/// a lease lends; a batch whose places are settled runs; the values go through a window that restores the order. The
/// decisions are all in `StateMachine`. This class carries them out, always after giving the lock up.
package final class Flow<Stages: FlowStages>: Sendable {
    package typealias Item = Stages.Item
    package typealias Loaded = Stages.Loaded
    package typealias Value = Stages.Value
    package typealias Lease = Stages.Lease

    private struct Storage: Sendable {
        var machine: StateMachine
        var consumer: CheckedContinuation<Void, Never>?
        var sourceFailure: PenstockError?
    }

    private let stages: Stages
    private let leases: LeasePool<Lease>
    private let configuration: FlowConfiguration
    private let storage: Monitor<Storage>
    private let meters: StageMeters

    /// Makes a flow that borrows its batches' memory from `leases`.
    package init(
        _ stages: Stages,
        leases: LeasePool<Lease>,
        configuration: FlowConfiguration,
        meters: StageMeters = StageMeters()
    ) {
        self.stages = stages
        self.leases = leases
        self.configuration = configuration
        self.meters = meters
        storage = Monitor(Storage(machine: StateMachine(configuration)))
    }
}

// MARK: - Starting and stopping

extension Flow {
    /// Starts the source and the loaders. Their threads keep the flow alive until it has finished.
    ///
    /// `source` is called once, on the source's own thread, where it and its iterator may block. What it throws ends the
    /// flow and is kept in `sourceFailure`.
    package func start(
        source: @escaping @Sendable () throws(PenstockError) -> any IteratorProtocol<SourceElement<Item, Value>>
    ) throws(PenstockError) {
        do {
            for _ in 0..<configuration.workers {
                try DedicatedThread.start { self.runLoader() }
            }
            try DedicatedThread.start { self.runSource(source) }
        } catch {
            abandon()
            throw error
        }
    }

    /// Takes nothing more from the source, and finishes what has a place in a batch.
    package func stop() {
        storage.withLock { $0.machine.stop() }
        storage.wakeAll(.source)
        changed()
    }

    /// Stops because nobody will take the values any more.
    package func abandon() {
        storage.withLock { $0.machine.abandon() }
        storage.wakeAll(.source)
        changed()
    }

    /// Why the source could not begin; known once `next` has returned `nil`.
    package var sourceFailure: PenstockError? {
        storage.withLock { $0.sourceFailure }
    }

    /// Where every item is at this moment.
    package var accounting: Accounting {
        storage.withLock { $0.machine.accounting }
    }

    /// Wakes whoever may have something to do now.
    private func changed() {
        storage.wakeAll(.loaders)
        storage.withLock { $0.consumer.take() }?.resume()
    }
}

// MARK: - The source's thread

extension Flow {
    private func runSource(
        _ makeSource: () throws(PenstockError) -> any IteratorProtocol<SourceElement<Item, Value>>
    ) {
        do throws(PenstockError) {
            var source = try makeSource()
            while let element = source.next(), offer(element) {}
            storage.withLock { $0.machine.endSource() }
            changed()
        } catch {
            storage.withLock { $0.sourceFailure = error }
            abandon()
        }
    }

    private func offer(_ element: SourceElement<Item, Value>) -> Bool {
        let accepted = storage.wait(.source) { storage in
            switch storage.machine.offer(element) {
            case .accepted: .ready(true)
            case .refused: .ready(false)
            case .full: .until(nil)
            }
        }
        storage.wakeAll(.loaders)
        return accepted
    }
}

// MARK: - The loaders' threads

extension Flow {
    private func runLoader() {
        let loader = stages.makeLoader()
        // Each loader listens for itself, so that a lease given back wakes the flow for as long as it runs.
        let listener = leases.listen { [storage] in storage.wakeAll(.loaders) }
        defer { leases.stopListening(listener) }
        while true {
            switch nextStep() {
            case .load(let item, let slot): load(item, into: slot, with: loader)
            case .act(let action): perform(action)
            case .delivered, .wait: changed()
            case .finished: return changed()
            }
        }
    }

    private func nextStep() -> StateMachine.Step {
        var waitedFrom: MonotonicTime?
        var waitedForSlot = false
        var wantsInput = false
        let step = storage.wait(.loaders) { storage -> Waiting<StateMachine.Step> in
            let now = MonotonicTime.now
            let step = storage.machine.nextStep(at: now, takeLease: leases.take)
            wantsInput = storage.machine.wantsInput
            guard case .wait(let forSlot, let deadline) = step else { return .ready(step) }
            waitedFrom = waitedFrom ?? now
            waitedForSlot = forSlot
            return .until(deadline)
        }
        if wantsInput { storage.wakeAll(.source) }
        if let waitedFrom { meters.addWait(.now - waitedFrom, forSlot: waitedForSlot) }
        return step
    }

    private func load(_ item: Item, into slot: BatchAssembler<Lease>.Slot, with loader: Stages.Loader) {
        let outcome = stages.load(item, into: slot.lease, at: slot.position, with: loader)
        let action = storage.withLock { $0.machine.settle(slot, outcome) }
        if let action { perform(action) }
        changed()
    }

    private func perform(_ action: BatchAssembler<Lease>.Action) {
        switch action {
        case .release(let lease):
            leases.giveBack(lease)
        case .run(let lease, let count, let items):
            stages.run(lease, count: count) { failure in
                self.complete(lease, items: items, failure: failure)
            }
        }
    }

    private func complete(_ lease: Lease, items: [Int?], failure: PenstockError?) {
        let loaded = storage.withLock { $0.machine.takeLoaded(items) }
        let values = loaded.enumerated().map { position, loaded in
            loaded.map { stages.value(of: $0, from: lease, at: position, failure: failure) }
        }
        leases.giveBack(lease)
        storage.withLock { storage in
            for case (let item?, let value?) in zip(items, values) { storage.machine.deliver(value, for: item) }
        }
        changed()
    }
}

// MARK: - The consumer

extension Flow {
    /// Takes the next value; `nil` when everything has been taken or the flow was abandoned.
    ///
    /// - Precondition: One task at a time takes values.
    package func next() async -> Value? {
        while true {
            switch storage.withLock({ $0.machine.take() }) {
            case .value(let value):
                // A place in the window is free.
                storage.wakeAll(.loaders)
                return value
            case .finished:
                return nil
            case .wait:
                await waitForChange()
            }
        }
    }

    private func waitForChange() async {
        await withCheckedContinuation { continuation in
            let resumeNow = storage.withLock { storage in
                precondition(storage.consumer == nil, "one task at a time takes the values of a flow")
                guard storage.machine.hasNothingToTake else { return true }
                storage.consumer = continuation
                return false
            }
            if resumeNow { continuation.resume() }
        }
    }
}
