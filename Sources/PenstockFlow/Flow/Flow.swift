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
        /// Loaders that have not ended, and what tells them of leases that are given back.
        var loaders = 0
        var listener: Int?
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
        let listener = leases.listen { [storage, configuration] in
            // One lease is of use to one loader, unless it opens a batch that others can fill as well.
            if configuration.batchCapacity == 1 { storage.wakeOne(.loaders) } else { storage.wakeAll(.loaders) }
        }
        storage.withLock { $0.listener = listener }
        do {
            for _ in 0..<configuration.workers { try startLoader() }
            try DedicatedThread.start { self.runSource(source) }
        } catch {
            abandon()
            throw error
        }
    }

    private func startLoader() throws(PenstockError) {
        storage.withLock { $0.loaders += 1 }
        do {
            try DedicatedThread.start { self.runLoader() }
        } catch {
            endLoader()
            throw error
        }
    }

    private func endLoader() {
        let listener = storage.withLock { storage in
            storage.loaders -= 1
            return storage.loaders == 0 ? storage.listener.take() : nil
        }
        if let listener { leases.stopListening(listener) }
    }

    /// Takes nothing more from the source, and finishes what has a place in a batch.
    package func stop() {
        storage.withLock { $0.machine.stop() }
        tellAll()
    }

    /// Stops because nobody will take the values any more.
    package func abandon() {
        storage.withLock { $0.machine.abandon() }
        tellAll()
    }

    /// Why the source could not begin; known once `next` has returned `nil`.
    package var sourceFailure: PenstockError? {
        storage.withLock { $0.sourceFailure }
    }

    /// Where every item is at this moment.
    package var accounting: Accounting {
        storage.withLock { $0.machine.accounting }
    }

    /// Resumes the consumer if there is something for it.
    private func tellConsumer() {
        let consumer = storage.withLock { storage in
            storage.machine.hasNothingToTake ? nil : storage.consumer.take()
        }
        consumer?.resume()
    }

    /// Has everyone look at a flow that takes nothing more from its source.
    private func tellAll() {
        storage.wakeAll(.source)
        storage.wakeAll(.loaders)
        tellConsumer()
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
            tellAll()
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
        storage.wakeOne(.loaders)
        return accepted
    }
}

// MARK: - The loaders' threads

extension Flow {
    private func runLoader() {
        let loader = stages.makeLoader()
        defer { endLoader() }
        while true {
            switch nextStep() {
            case .load(let item, let slot): load(item, into: slot, with: loader)
            case .act(let action): perform(action)
            case .delivered: tellConsumer()
            case .wait: continue
            case .finished: return
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
        if case .failed = outcome { tellConsumer() }
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
        tellConsumer()
    }
}

// MARK: - The consumer

extension Flow {
    /// Takes the next value; `nil` when everything has been taken or the flow was abandoned.
    ///
    /// - Precondition: One task at a time takes values.
    package func next() async -> Value? {
        while true {
            let (take, wasFull) = storage.withLock { storage in
                let wasFull = storage.machine.isWindowFull
                return (storage.machine.take(), wasFull)
            }
            switch take {
            case .value(let value):
                // Only a loader that found the window full waits for this.
                if wasFull { storage.wakeAll(.loaders) }
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
