internal import PenstockCore
internal import PenstockFlow
package import PenstockInference

/// What a run's scores depend on beside the pictures and the job's options.
///
/// Two runs of one identity on one machine differ by no more than the order in which threads add numbers up. Not covered
/// are the machine's processor, for which an engine chooses its arithmetic, and the decoders' versions.
public struct RunIdentity: Hashable, Sendable {
    /// A digest of the model's files.
    public var model: String
    /// A digest of the preprocessing contract, labels included.
    public var contract: String
    /// The engine's name and version, and its device where that is not the processor.
    public var engine: String
    /// The arithmetic, as the engine names it.
    public var precision: String

    /// Makes an identity of its parts.
    public init(model: String, contract: String, engine: String, precision: String) {
        self.model = model
        self.contract = contract
        self.engine = engine
        self.precision = precision
    }
}

extension RunIdentity {
    /// One of the four things that make an identity.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// The model's files.
        case model
        /// The preprocessing contract.
        case contract
        /// The engine and its version.
        case engine
        /// The arithmetic.
        case precision
    }

    /// One of the parts, as text.
    public subscript(part: Part) -> String {
        switch part {
        case .model: model
        case .contract: contract
        case .engine: engine
        case .precision: precision
        }
    }

    /// The parts that are not those of another identity.
    public func differences(from other: RunIdentity) -> [Part] {
        Part.allCases.filter { self[$0] != other[$0] }
    }

    /// One digest of all four.
    public var digest: String {
        var hash = StableHash()
        for part in Part.allCases { hash.combine(self[part]) }
        return hash.description
    }
}

extension Session {
    /// What the scores of this session depend on. Reads the whole model.
    ///
    /// - Throws: When the model's files cannot be read any more.
    public func identity() async throws -> RunIdentity {
        try await DedicatedThread.run { [self] () throws(PenstockError) in
            RunIdentity(
                model: try model.contentDigest(),
                contract: contract.digest,
                engine: device == "CPU" ? engine : "\(engine) on \(device)",
                precision: precision
            )
        }
    }
}

extension Contract {
    /// A digest of everything that decides a result.
    package var digest: String {
        var hash = StableHash()
        hash.combine(canonicalText)
        return hash.description
    }
}
