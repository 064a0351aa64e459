internal import PenstockCore
internal import PenstockFlow
internal import PenstockInference

/// The work of opening a model, all of it blocking.
struct OpenedModel: Sendable {
    let file: ModelFile
    let description: ModelDescription
    let contract: Contract
    let engine: String
    let compiled: any CompiledModel
    let leases: [PanelLease]
    let cores: Int
    let times: OpeningTimes
    /// What a user should be told once: of engines that were passed over, and of the model.
    private(set) var notes: [String]

    /// Opens a model on a thread of its own.
    ///
    /// - Parameter isAlone: Whether jobs are to run on its requests, so that there must be enough of them.
    static func open(_ path: FilePath, _ configuration: Session.Configuration, isAlone: Bool) async throws
        -> OpenedModel
    {
        try await DedicatedThread.run { () throws(PenstockError) in
            try open(path, configuration, isAlone)
        }
    }

    private static func open(
        _ path: FilePath,
        _ configuration: Session.Configuration,
        _ isAlone: Bool
    ) throws(PenstockError) -> OpenedModel {
        let start = MonotonicTime.now
        guard configuration.requests ?? 1 > 0, configuration.batch ?? 1 > 0 else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "A session needs at least one request of at least one picture."
            )
        }
        let file = try ModelFile(path)
        let engines = Engines(choice: configuration.engine, file: file, tensors: configuration.tensors)
        var (model, notes) = try EngineTrials.first(of: engines) { (engine, model) throws(PenstockError) in
            try OpenedModel(file, model, of: engine, configuration, isAlone: isAlone, since: start)
        }
        model.notes = notes + model.notes
        return model
    }

    private init(
        _ file: ModelFile,
        _ model: any ReadModel,
        of engine: any InferenceEngine,
        _ configuration: Session.Configuration,
        isAlone: Bool,
        since start: MonotonicTime
    ) throws(PenstockError) {
        cores = AvailableCores.current().count
        self.file = file
        self.engine = "\(engine.name) \(engine.version)"
        description = model.description
        contract = try Contract.resolve(
            file,
            description,
            flags: configuration.contract,
            asDefaults: configuration.contractYields,
            tensors: configuration.tensors
        )
        let read = MonotonicTime.now
        compiled = try model.compile(
            CompileOptions(
                device: configuration.device,
                precision: configuration.precision,
                batch: configuration.batch,
                threads: cores,
                cacheDirectory: try configuration.cache.directory(),
                preprocessing: contract.preprocessing,
                outputIndex: contract.outputIndex
            )
        )
        let ready = MonotonicTime.now
        let requests = try Self.makeRequests(
            compiled,
            placeBytes: contract.preprocessing.byteCount,
            count: (isAlone ? configuration.requests : compiled.parallelism) ?? 2 * compiled.parallelism + cores
        )
        try Self.warm(requests, count: compiled.parallelism)
        times = OpeningTimes(read: read - start, compile: ready - read, warmUp: .now - ready)
        leases = requests.map { [compiled, contract] in PanelLease(of: $0, compiled, contract) }
        notes = compiled.notes
    }

    /// As many as run at once, as many again to be ready when those end, and one for each loader to fill.
    private static func makeRequests(
        _ compiled: any CompiledModel,
        placeBytes: Int,
        count: Int
    ) throws(PenstockError) -> [any InferenceRequest] {
        try BatchMemory(placeBytes: placeBytes, places: compiled.batch.capacity).check(requests: count)
        var requests: [any InferenceRequest] = []
        for _ in 0..<count {
            requests.append(try compiled.makeRequest())
        }
        return requests
    }

    /// Runs as many requests at once as the engine will, since each of its streams prepares itself at its first run.
    private static func warm(_ requests: [any InferenceRequest], count: Int) throws(PenstockError) {
        let outcomes = Monitor([PenstockError?]())
        let chosen = requests.prefix(count)
        for request in chosen {
            request.start(count: 1) { failure in
                outcomes.withLock { $0.append(failure) }
                outcomes.wakeAll(.loaders)
            }
        }
        let failures = outcomes.wait(.loaders) { $0.count == chosen.count ? .ready($0) : .until(nil) }
        if let failure = failures.compactMap(\.self).first { throw failure }
    }
}
