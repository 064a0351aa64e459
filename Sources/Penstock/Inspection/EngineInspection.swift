package import PenstockCore
internal import PenstockFlow
package import PenstockInference

/// What there is of an engine on this machine.
package struct EngineInspection: Sendable {
    /// The engine.
    package let kind: EngineKind
    /// Whether it can be used.
    package let state: State

    /// Whether an engine can be used.
    package enum State: Sendable {
        /// It opens.
        case ready(Installation)
        /// Something is there that cannot be used, and this is why.
        case broken(PenstockError)
        /// Nothing is there.
        case absent
    }

    /// An engine that opens.
    package struct Installation: Hashable, Sendable {
        /// The version that it reports.
        package let version: String
        /// The file that was opened; a bare name where the system's own search found it.
        package let path: FilePath
        /// Other files that would serve, were this one not there.
        package let others: [FilePath]
        /// What it runs models on.
        package let devices: [EngineDevice]
    }
}

extension EngineInspection {
    /// Looks for every engine, and opens those that are there.
    package static func all() async throws -> [EngineInspection] {
        try await DedicatedThread.run { () throws(PenstockError) in
            EngineKind.allCases.map { EngineInspection(kind: $0, state: state(of: $0)) }
        }
    }

    private static func state(of kind: EngineKind) -> State {
        do throws(PenstockError) {
            return .ready(try Installation(kind.open()))
        } catch {
            return error.code == .engineMissing ? .absent : .broken(error)
        }
    }
}

extension EngineInspection.Installation {
    fileprivate init(_ engine: any InferenceEngine) throws(PenstockError) {
        version = engine.version
        path = engine.path
        devices = try engine.devices
        others = Self.later(engine.kind.search.candidates(), than: engine.path)
    }

    /// The candidates after the one in use, each file once: a library often has several names.
    private static func later(_ candidates: [FilePath], than used: FilePath) -> [FilePath] {
        var seen: Set<FilePath?> = [FileSystem.resolved(used)]
        let rest = candidates.drop { $0 != used }
        return rest.filter { seen.insert(FileSystem.resolved($0)).inserted }
    }
}
