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

    /// Opens a model on a thread of its own.
    ///
    /// - Parameter isAlone: Whether jobs are to run on its requests, so that there must be enough of them.
    static func open(_ path: FilePath, _ configuration: Session.Configuration, isAlone: Bool) async throws
        -> OpenedModel
    {
        try await DedicatedThread.run { () throws(PenstockError) in
            try OpenedModel(path, configuration, isAlone: isAlone)
        }
    }

    private init(
        _ path: FilePath,
        _ configuration: Session.Configuration,
        isAlone: Bool
    ) throws(PenstockError) {
        guard configuration.requests ?? 1 > 0, configuration.batch ?? 1 > 0 else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "A session needs at least one request of at least one picture."
            )
        }
        cores = AvailableCores.current().count
        file = try ModelFile(path)
        let engine = try Engines.engine(configuration.engine)
        self.engine = "\(engine.name) \(engine.version)"
        let model = try engine.read(file, configuration.tensors)
        description = model.description
        contract = try Contract.resolve(
            file,
            description,
            flags: configuration.contract,
            asDefaults: configuration.contractYields,
            tensors: configuration.tensors
        )
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
        let requests = try Self.makeRequests(
            compiled,
            count: isAlone ? configuration.requests : compiled.parallelism,
            cores: cores
        )
        try Self.warm(requests, count: compiled.parallelism)
        leases = requests.map { [compiled, contract] in PanelLease(of: $0, compiled, contract) }
    }

    /// As many as run at once, as many again to be ready when those end, and one for each loader to fill.
    private static func makeRequests(
        _ compiled: any CompiledModel,
        count: Int?,
        cores: Int
    ) throws(PenstockError) -> [any InferenceRequest] {
        var requests: [any InferenceRequest] = []
        for _ in 0..<(count ?? 2 * compiled.parallelism + cores) {
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
