internal import PenstockCore

extension Flow {
    /// Accounts for items that were given up before they entered the flow, from any thread.
    package func drop(_ reason: Accounting.DropReason, count: Int) {
        storage.withLock { $0.machine.drop(reason, count: count) }
    }

    /// Accounts for an item whose value turned out, in the light of those before it, to be a failure.
    package func recountAsFailed() {
        storage.withLock { $0.machine.recountAsFailed() }
    }

    /// What the source's thread does.
    func runSource(
        _ makeSource: () throws(PenstockError) -> any IteratorProtocol<SourceElement<Item, Value>>
    ) {
        do throws(PenstockError) {
            var source = try makeSource()
            while let element = source.next() {
                if offer(element) { continue }
                // It came too late to be taken, and came all the same.
                if element.isItem { drop(.cancelled, count: 1) }
                break
            }
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
