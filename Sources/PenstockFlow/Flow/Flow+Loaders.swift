internal import PenstockCore

extension Flow {
    /// What each loader thread does.
    func runLoader() {
        let loader = stages.makeLoader()
        defer { endLoader() }
        while true {
            switch nextStep() {
            case .load(let item, let slot): load(item, into: slot, with: loader)
            case .act(let action): perform(action)
            case .delivered: tellConsumer()
            case .wait: continue
            case .finished:
                // The others may be asleep, waiting for a slot that they will not need.
                return storage.wakeAll(.loaders)
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
