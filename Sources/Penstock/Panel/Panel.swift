internal import PenstockCore
internal import PenstockFlow
public import PenstockInference

/// Several models that look at the same pictures, each of which is read and decoded once.
///
/// ```swift
/// let panel = try await Panel(["birds": Session(model: "birds.onnx"), "scenes": Session(model: "scenes")])
/// for try await item in panel.classify(.folder("photos")) {
///     for answer in item.answers { print(item.source, answer.model, answer.top.first?.label ?? "?") }
/// }
/// ```
public final class Panel: Sendable {
    /// A model of a panel, under the name that its answers carry.
    public struct Member: Sendable {
        /// The name; empty for a model that is asked alone.
        public let name: String
        /// How pictures are prepared for it, and its output read.
        public let contract: Contract
        let model: any CompiledModel
        /// Batches in existence, where that was asked for.
        let requestLimit: Int?
    }

    /// The models, in the order of their answers.
    public let members: [Member]
    /// The cores that this process may use.
    package let cores: Int
    /// Places in a batch: as many as the model with the largest batch takes.
    let capacity: Int
    let leases: LeasePool<PanelLease>

    init(_ members: [Member], leases: LeasePool<PanelLease>, cores: Int) {
        self.members = members
        self.leases = leases
        self.cores = cores
        capacity = members.map(\.model.batch.capacity).max() ?? 1
    }
}

extension Panel.Member {
    /// An open model under a name.
    ///
    /// - Parameter contract: How pictures are prepared for it; `nil` for the session's own way. Size, type and layout must
    ///   be those of the session, whose input they fill.
    package init(_ name: String, _ session: Session, contract: Contract? = nil) {
        self.name = name
        self.contract = contract ?? session.contract
        precondition(
            self.contract.preprocessing.hasInputForm(of: session.contract.preprocessing),
            "a member's contract has the size, the type and the layout of its session's, whose input it fills"
        )
        model = session.compiled
        requestLimit = session.requestLimit
    }
}

extension Preprocessing {
    /// Whether another's pictures have the same size, type and layout, so that they fit the same input.
    fileprivate func hasInputForm(of other: Preprocessing) -> Bool {
        size == other.size && elementType == other.elementType && layout == other.layout
    }
}

extension Panel {
    /// Makes a panel of open models.
    ///
    /// - Throws: `PenstockError` when there is none, two have one name, or requests for them cannot be had.
    public convenience init(_ sessions: KeyValuePairs<String, Session>) async throws {
        try await self.init(sessions.map { Member($0.key, $0.value) })
    }

    /// Makes a panel, whose members may share a model under different contracts.
    package convenience init(_ members: [Member]) async throws {
        try Self.check(members.map(\.name))
        let (leases, cores) = try await DedicatedThread.run { () throws(PenstockError) in
            let cores = AvailableCores.current().count
            return (try PanelLease.make(for: members, cores: cores), cores)
        }
        self.init(members, leases: LeasePool(leases), cores: cores)
    }

    private static func check(_ names: [String]) throws(PenstockError) {
        if names.isEmpty { throw refusal("A panel needs at least one model.") }
        if names.count > 1, names.contains("") {
            throw refusal(
                "A model of a panel has no name, and its answers could not be told from the others'; name it."
            )
        }
        let twice = names.indices.first { names[..<$0].contains(names[$0]) }
        if let twice { throw refusal("Two models of a panel are named \(names[twice]); give each a name of its own.") }
    }

    private static func refusal(_ message: String) -> PenstockError {
        PenstockError(.invalidConfiguration, at: .configure, message)
    }

    /// Shows the panel pictures: loads ahead, in order, within bounds.
    ///
    /// Nothing happens until the job's results are asked for.
    public func classify(
        _ source: PictureSource,
        options: ClassificationJob.Options = ClassificationJob.Options()
    ) -> ClassificationJob {
        ClassificationJob(panel: self, source: source, options: options)
    }
}
