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

    struct Storage: Sendable {
        var machine: StateMachine
        var consumer: CheckedContinuation<Void, Never>?
        var sourceFailure: PenstockError?
        /// Loaders that have not ended, and what tells them of leases that are given back.
        var loaders = 0
        var listener: Int?
    }

    let stages: Stages
    let leases: LeasePool<Lease>
    let configuration: FlowConfiguration
    let storage: Monitor<Storage>
    let meters: StageMeters

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
            // The free leases are not under this lock: a loader that has just found none still holds it, and would miss
            // the wake-up if it came before that loader sleeps.
            storage.withLock { _ in }
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

    func endLoader() {
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
    func tellConsumer() {
        let consumer = storage.withLock { storage in
            storage.machine.hasNothingToTake ? nil : storage.consumer.take()
        }
        consumer?.resume()
    }

    /// Has everyone look at a flow that takes nothing more from its source.
    func tellAll() {
        storage.wakeAll(.source)
        storage.wakeAll(.loaders)
        tellConsumer()
    }
}
