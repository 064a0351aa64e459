public import PenstockCore
internal import PenstockFlow
public import PenstockInference

/// A model that has been read, compiled and warmed, for as long as it is kept.
///
/// Open one a process and keep it: every source, stream and request shares it.
///
/// ```swift
/// let session = try await Session(model: "inception_v3")
/// for try await item in session.classify(.folder("photos")) {
///     print(item.source, item.top.first?.label ?? "?")
/// }
/// ```
public final class Session: Sendable {
    /// The model's file or folder.
    public let model: ModelFile
    /// What the model says of its inputs and outputs.
    public let description: ModelDescription
    /// How pictures are prepared and outputs read, and where each part of that was found.
    public let contract: Contract
    /// The engine's name and version.
    public let engine: String
    /// The arithmetic in use, as the engine names it.
    public let precision: String
    /// How the model takes batches.
    public let batch: BatchSupport
    /// What a user should be told once.
    public let notes: [String]

    let compiled: any CompiledModel
    let requestLimit: Int?
    let leases: LeasePool<PanelLease>
    /// The cores that this process may use.
    package let cores: Int

    /// Opens a model: finds it, decides its contract, compiles it, and runs it once.
    ///
    /// - Throws: `PenstockError` when the engine, the model, or its contract cannot be had.
    public convenience init(model: FilePath, configuration: Configuration = Configuration()) async throws {
        let opened = try await OpenedModel.open(model, configuration, isAlone: true)
        self.init(opened, requestLimit: configuration.requests)
    }

    private init(_ opened: OpenedModel, requestLimit: Int?) {
        model = opened.file
        description = opened.description
        contract = opened.contract
        engine = opened.engine
        precision = opened.compiled.precision
        batch = opened.compiled.batch
        notes = opened.compiled.notes
        compiled = opened.compiled
        self.requestLimit = requestLimit
        leases = LeasePool(opened.leases)
        cores = opened.cores
    }
}

extension Session {
    /// Opens models that are to look at pictures together, one after the other; one that is named twice is opened once.
    ///
    /// Each comes with no more requests than warm it, since a panel makes those that it needs.
    ///
    /// - Parameter explain: Says which model an error is about, by its place.
    package static func open(
        _ models: [FilePath],
        configuration: Configuration,
        explain: (Int, PenstockError) -> PenstockError
    ) async throws -> [Session] {
        var sessions: [Session] = []
        for (place, path) in models.enumerated() {
            do {
                let file = try await DedicatedThread.run { () throws(PenstockError) in try ModelFile(path) }
                if let same = sessions.first(where: { $0.model == file }) {
                    sessions.append(same)
                } else {
                    let opened = try await OpenedModel.open(path, configuration, isAlone: false)
                    sessions.append(Session(opened, requestLimit: configuration.requests))
                }
            } catch let error as PenstockError {
                throw explain(place, error)
            }
        }
        return sessions
    }

    /// The panel of this model alone.
    package var panel: Panel { Panel([Panel.Member("", self)], leases: leases, cores: cores) }

    /// Classifies pictures: loads ahead, in order, within bounds.
    ///
    /// Nothing happens until the job's results are asked for.
    public func classify(
        _ source: PictureSource,
        options: ClassificationJob.Options = ClassificationJob.Options()
    ) -> ClassificationJob {
        panel.classify(source, options: options)
    }
}
