extension Flow {
    /// Everything that a flow decides, as a value: no locks, no threads, no clock of its own.
    package struct StateMachine: Sendable {
        /// How many elements may wait between the source and the loaders.
        package let queueCapacity: Int

        private var queue: [SourceElement<Item, Value>] = []
        private var assembler: BatchAssembler<Lease>
        private var window: DeliveryWindow<Value>
        private var loaded: [Int: Loaded] = [:]
        private var sourceEnded = false
        private var isAbandoned = false
        /// Where every item went so far.
        package private(set) var accounting = Accounting()

        /// Makes the state of a flow that has not begun.
        package init(_ configuration: FlowConfiguration) {
            queueCapacity = configuration.queueCapacity
            assembler = BatchAssembler(capacity: configuration.batchCapacity, maxWait: configuration.maxWait)
            window = DeliveryWindow(capacity: configuration.window, isOrdered: configuration.isOrdered)
        }
    }
}

// MARK: - The source's side

extension Flow.StateMachine {
    /// What became of an element that the source offered.
    package enum Offer: Equatable {
        /// It is in the queue.
        case accepted
        /// The queue is full: offer it again later.
        case full
        /// The flow has stopped and takes no more.
        case refused
    }

    /// Takes an element from the source.
    package mutating func offer(_ element: SourceElement<Flow.Item, Flow.Value>) -> Offer {
        if sourceEnded { return .refused }
        if queue.count >= queueCapacity { return .full }
        queue.append(element)
        if element.isItem { accounting.receive() }
        return .accepted
    }

    /// Accounts for items that were given up before they came this far.
    package mutating func drop(_ reason: Accounting.DropReason, count: Int) {
        guard count > 0 else { return }
        accounting.receive(count)
        accounting.drop(reason, count: count)
    }

    /// Accounts for an item that counted as done and has failed.
    package mutating func recountAsFailed() { accounting.recountAsFailed() }

    /// Whether it is time to wake the source: waking it for each free place would cost a switch of threads an item.
    package var wantsInput: Bool { queue.count <= queueCapacity / 2 }

    /// Nothing more comes from the source.
    package mutating func endSource() {
        sourceEnded = true
    }

    /// Stops early: what waits in the queue is given up, what has a place is finished.
    package mutating func stop() {
        sourceEnded = true
        accounting.drop(.cancelled, count: queue.count { $0.isItem })
        queue = []
    }

    /// Stops early, and nobody will take the values.
    package mutating func abandon() {
        stop()
        isAbandoned = true
        while window.take() != nil {}
    }
}

// MARK: - The loaders' side

extension Flow.StateMachine {
    /// What a loader thread is to do next.
    package enum Step {
        /// Load this item into this slot.
        case load(Flow.Item, BatchAssembler<Flow.Lease>.Slot)
        /// Run or release a batch.
        case act(BatchAssembler<Flow.Lease>.Action)
        /// A value went to the consumer; ask again.
        case delivered
        /// Sleep until something changes: a slot is needed (`forSlot`), or something to load.
        case wait(forSlot: Bool, until: MonotonicTime?)
        /// There is nothing left to load.
        case finished
    }

    /// Finds the next thing for a loader thread to do. `takeLease` returns a free lease if there is one.
    package mutating func nextStep(at now: MonotonicTime, takeLease: () -> Flow.Lease?) -> Step {
        if let action = assembler.tick(at: now) { return .act(action) }
        guard let next = queue.first else { return stepWithoutInput() }
        guard window.room > 0 else { return stepWithoutRoom() }
        switch next {
        case .value(let value):
            queue.removeFirst()
            deliver(value, for: window.admit())
            return .delivered
        case .item(let item):
            return claim(item, at: now, takeLease: takeLease)
        }
    }

    private mutating func stepWithoutInput() -> Step {
        guard sourceEnded else { return .wait(forSlot: false, until: assembler.deadline) }
        return assembler.close().map { .act($0) } ?? .finished
    }

    /// The window is full. If what holds it up waits in a batch that nothing more can fill, that batch must run: the
    /// rest of the window is failures, so this too follows from the inputs alone.
    private mutating func stepWithoutRoom() -> Step {
        if window.isOrdered, assembler.openBatch(holds: window.head), let action = assembler.close() {
            return .act(action)
        }
        return .wait(forSlot: true, until: assembler.deadline)
    }

    private mutating func claim(_ item: Flow.Item, at now: MonotonicTime, takeLease: () -> Flow.Lease?) -> Step {
        if assembler.needsLease {
            guard let lease = takeLease() else { return .wait(forSlot: true, until: nil) }
            assembler.begin(lease)
        }
        queue.removeFirst()
        return .load(item, assembler.claim(item: window.admit(), at: now))
    }

    /// Records how loading ended; returns what is to be done with the batch if that was its last.
    package mutating func settle(
        _ slot: BatchAssembler<Flow.Lease>.Slot,
        _ outcome: LoadOutcome<Flow.Loaded, Flow.Value>
    ) -> BatchAssembler<Flow.Lease>.Action? {
        switch outcome {
        case .filled(let item):
            loaded[slot.item] = item
            return assembler.settle(slot, filled: true)
        case .failed(let value):
            deliver(value, for: slot.item)
            return assembler.settle(slot, filled: false)
        }
    }

    /// Hands out what was kept of the items of a batch that is about to be turned into values.
    package mutating func takeLoaded(_ items: [Int?]) -> [Flow.Loaded?] {
        items.map { $0.flatMap { loaded.removeValue(forKey: $0) } }
    }

    /// Records an item's value.
    package mutating func deliver(_ value: Flow.Value, for item: Int) {
        accounting.finish(value.ending)
        window.insert(value, for: item)
        while isAbandoned, window.take() != nil {}
    }
}

// MARK: - The consumer's side

extension Flow.StateMachine {
    /// What the consumer gets.
    package enum Take {
        /// The next value.
        case value(Flow.Value)
        /// Everything has been taken.
        case finished
        /// Nothing is ready yet.
        case wait
    }

    /// Takes the next value.
    package mutating func take() -> Take {
        if let value = window.take() { return .value(value) }
        return isFinished ? .finished : .wait
    }

    /// Whether no more items may be admitted until a value is taken.
    package var isWindowFull: Bool { window.room == 0 }

    /// Whether `take` would have to wait.
    package var hasNothingToTake: Bool { !window.isReady && !isFinished }

    private var isFinished: Bool {
        isAbandoned || (sourceEnded && queue.isEmpty && window.outstanding == 0)
    }
}
