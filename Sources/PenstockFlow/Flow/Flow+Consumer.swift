extension Flow {
    /// Takes the next value; `nil` when everything has been taken or the flow was abandoned.
    ///
    /// - Precondition: One task at a time takes values.
    package func next() async -> Value? {
        while true {
            switch take() {
            case .value(let value): return value
            case .finished: return nil
            case .wait: await waitForChange()
            }
        }
    }

    /// Takes the next value if it is there already.
    package func takeIfReady() -> Value? {
        if case .value(let value) = take() { value } else { nil }
    }

    private func take() -> StateMachine.Take {
        let (take, wasFull) = storage.withLock { storage in
            let wasFull = storage.machine.isWindowFull
            return (storage.machine.take(), wasFull)
        }
        // Only a loader that found the window full waits for this.
        if wasFull, case .value = take { storage.wakeAll(.loaders) }
        return take
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
