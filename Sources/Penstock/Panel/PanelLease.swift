internal import PenstockCore
internal import PenstockFlow
internal import PenstockInference
internal import Synchronization

/// The memory of a batch on loan: for each model as many of its requests as hold the batch's pictures.
final class PanelLease: Sendable {
    /// A model's share.
    struct Share: Sendable {
        let requests: [any InferenceRequest]
        /// The places in each request.
        let places: Int
        /// The bytes of a place.
        let slotBytes: Int
    }

    let shares: [Share]
    private let run: Mutex<Run>

    /// The state of one run.
    private struct Run: Sendable {
        /// Why requests failed, by model.
        var failures: [[PenstockError?]]
        /// Requests that have not come back.
        var pending = 0
        var whenDone: (@Sendable () -> Void)?
    }

    init(_ shares: [Share]) {
        self.shares = shares
        run = Mutex(Run(failures: shares.map { Array(repeating: nil, count: $0.requests.count) }))
    }

    /// The lease of a model that is asked alone: one of its requests.
    convenience init(of request: any InferenceRequest, _ model: any CompiledModel, _ contract: Contract) {
        let slotBytes = contract.preprocessing.byteCount
        self.init([Share(requests: [request], places: model.batch.capacity, slotBytes: slotBytes)])
    }
}

extension PanelLease {
    /// Where a model's picture at a position of the batch goes.
    func slot(of member: Int, at position: Int) -> UnsafeMutableRawBufferPointer {
        let share = shares[member]
        let start = position % share.places * share.slotBytes
        // Every request's input holds `places` slots of this size.
        return unsafe UnsafeMutableRawBufferPointer(
            rebasing: share.requests[position / share.places].input[start..<(start + share.slotBytes)]
        )
    }

    /// What a model put out for the picture at a position; valid until the lease is given back.
    ///
    /// - Throws: When the inference that the picture had a place in failed.
    func output(of member: Int, at position: Int) throws(PenstockError) -> UnsafeRawBufferPointer {
        let share = shares[member]
        let part = position / share.places
        if let failure = run.withLock({ $0.failures[member][part] }) { throw failure }
        return unsafe share.requests[part].output(at: position % share.places)
    }

    /// Runs the first `count` places through every model, and calls `whenDone` once, when all have run.
    ///
    /// An inference that fails is told of by `output`, of the pictures that it concerns; all other answers stand.
    func start(count: Int, whenDone: @escaping @Sendable () -> Void) {
        run.withLock { run in
            run.pending = shares.reduce(0) { $0 + $1.parts(of: count) }
            run.whenDone = whenDone
        }
        for (member, share) in shares.enumerated() {
            for part in 0..<share.parts(of: count) {
                share.requests[part].start(count: min(share.places, count - part * share.places)) { failure in
                    self.hasRun(member, part, failure)
                }
            }
        }
    }

    private func hasRun(_ member: Int, _ part: Int, _ failure: PenstockError?) {
        let whenDone = run.withLock { run -> (@Sendable () -> Void)? in
            run.failures[member][part] = failure
            run.pending -= 1
            return run.pending == 0 ? run.whenDone.take() : nil
        }
        whenDone?()
    }
}

extension PanelLease.Share {
    /// The requests that hold `count` pictures.
    fileprivate func parts(of count: Int) -> Int { (count + places - 1) / places }
}

extension PanelLease: Hashable {
    static func == (left: PanelLease, right: PanelLease) -> Bool { left === right }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}

extension PanelLease {
    /// Makes a panel's leases: as many as run at once, as many again to be ready when those end, and one for each loader
    /// to fill.
    static func make(for members: [Panel.Member], cores: Int) throws(PenstockError) -> [PanelLease] {
        let capacity = members.map(\.model.batch.capacity).max() ?? 1
        // Batches go through all models, so there are as many as the model that wants most has use for.
        let count = members.map { $0.requestLimit ?? 2 * $0.model.parallelism + cores }.max() ?? 1
        for member in members {
            let place = member.contract.preprocessing.byteCount
            try BatchMemory(placeBytes: place, places: capacity).check(requests: count * members.count)
        }
        var leases: [PanelLease] = []
        for _ in 0..<count {
            var shares: [Share] = []
            for member in members { shares.append(try Share(member, capacity: capacity)) }
            leases.append(PanelLease(shares))
        }
        return leases
    }
}

extension PanelLease.Share {
    /// Makes the requests of a model that hold `capacity` pictures.
    fileprivate init(_ member: Panel.Member, capacity: Int) throws(PenstockError) {
        places = member.model.batch.capacity
        slotBytes = member.contract.preprocessing.byteCount
        var requests: [any InferenceRequest] = []
        while requests.count * places < capacity { requests.append(try member.model.makeRequest()) }
        self.requests = requests
    }
}
