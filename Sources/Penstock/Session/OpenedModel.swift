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
    /// As many as run at once, or as there may be; each has run.
    let requests: [any InferenceRequest]
    let cores: Int
    let times: OpeningTimes
    /// What a user should be told once: of engines that were passed over, and of the model.
    private(set) var notes: [String]

    /// Opens a model on a thread of its own.
    static func open(_ path: FilePath, _ configuration: Session.Configuration) async throws -> OpenedModel {
        try await DedicatedThread.run { () throws(PenstockError) in try OpenedModel(path, configuration) }
    }

    private init(_ path: FilePath, _ configuration: Session.Configuration) throws(PenstockError) {
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
        let (model, notes) = try EngineTrials.first(of: engines) { (engine, model) throws(PenstockError) in
            try OpenedModel(file, model, of: engine, configuration, since: start)
        }
        self = model
        self.notes = notes + model.notes
    }

    private init(
        _ file: ModelFile,
        _ model: any ReadModel,
        of engine: any InferenceEngine,
        _ configuration: Session.Configuration,
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
        requests = try Self.warmed(
            compiled,
            placeBytes: contract.preprocessing.byteCount,
            limit: configuration.requests ?? 2 * compiled.parallelism + cores
        )
        times = OpeningTimes(read: read - start, compile: ready - read, warmUp: .now - ready)
        notes = compiled.notes
    }

    /// Makes and runs as many requests at once as the engine will, since each of its streams prepares itself at its first
    /// run.
    private static func warmed(
        _ compiled: any CompiledModel,
        placeBytes: Int,
        limit: Int
    ) throws(PenstockError) -> [any InferenceRequest] {
        try BatchMemory(placeBytes: placeBytes, places: compiled.batch.capacity).check(requests: limit)
        var requests: [any InferenceRequest] = []
        for _ in 0..<min(limit, compiled.parallelism) { requests.append(try compiled.makeRequest()) }
        try warm(requests)
        return requests
    }

    private static func warm(_ requests: [any InferenceRequest]) throws(PenstockError) {
        let outcomes = Monitor([PenstockError?]())
        for request in requests {
            request.start(count: 1) { failure in
                outcomes.withLock { $0.append(failure) }
                outcomes.wakeAll(.loaders)
            }
        }
        let failures = outcomes.wait(.loaders) { $0.count == requests.count ? .ready($0) : .until(nil) }
        if let failure = failures.compactMap(\.self).first { throw failure }
    }
}
