public import PenstockCore
internal import PenstockFlow
public import PenstockInference
internal import Synchronization

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
    /// The device, as the engine names it.
    public let device: String
    /// The arithmetic in use, as the engine names it.
    public let precision: String
    /// How the model takes batches.
    public let batch: BatchSupport
    /// What a user should be told once.
    public let notes: [String]
    /// How long opening took.
    public let opening: OpeningTimes

    let compiled: any CompiledModel
    let requestLimit: Int?
    private let warmed: [any InferenceRequest]
    private let pool = Mutex<LeasePool<PanelLease>?>(nil)
    /// The cores that this process may use.
    package let cores: Int

    /// Opens a model: finds it, decides its contract, compiles it, and runs it once.
    ///
    /// - Throws: `PenstockError` when the engine, the model, or its contract cannot be had.
    public convenience init(model: FilePath, configuration: Configuration = Configuration()) async throws {
        let opened = try await OpenedModel.open(model, configuration)
        self.init(opened, configuration)
    }

    private init(_ opened: OpenedModel, _ configuration: Configuration) {
        model = opened.file
        description = opened.description
        contract = opened.contract
        engine = opened.engine
        device = configuration.device
        precision = opened.compiled.precision
        batch = opened.compiled.batch
        notes = opened.notes
        opening = opened.times
        compiled = opened.compiled
        requestLimit = configuration.requests
        warmed = opened.requests
        cores = opened.cores
    }
}

extension Session {
    /// Opens models that are to look at pictures together, one after the other; one that is named twice is opened once.
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
                let same = try await DedicatedThread.run { [sessions] () throws(PenstockError) in
                    let file = try ModelFile(path)
                    return sessions.first { $0.model.isSame(as: file) }
                }
                if let same {
                    sessions.append(same)
                } else {
                    let opened = try await OpenedModel.open(path, configuration)
                    sessions.append(Session(opened, configuration))
                }
            } catch let error as PenstockError {
                throw explain(place, error)
            }
        }
        return sessions
    }

    /// The requests that jobs of this model alone run on. Made when there is a first one, since a panel has its own.
    var leases: LeasePool<PanelLease> {
        pool.withLock { pool in
            let made = pool ?? LeasePool(requests().map { PanelLease(of: $0, compiled, contract) })
            pool = made
            return made
        }
    }

    /// Those that are warm, and more: as many as run at once, as many again to be ready when those end, and one for each
    /// loader to fill.
    private func requests() -> [any InferenceRequest] {
        var requests = warmed
        let count = requestLimit ?? 2 * compiled.parallelism + cores
        // Those that there is no memory for are done without: the ones that there are do the same work.
        while requests.count < count, let request = try? compiled.makeRequest() { requests.append(request) }
        return requests
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

extension ModelFile {
    /// Whether another is the same model with the same files beside it, however it is spelled.
    fileprivate func isSame(as other: ModelFile) -> Bool {
        self == other
            || FileSystem.resolved(path) == FileSystem.resolved(other.path)
                && FileSystem.resolved(folder) == FileSystem.resolved(other.folder)
    }
}
