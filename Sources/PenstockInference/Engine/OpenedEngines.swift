package import PenstockCore
internal import Synchronization

/// The engines that this process has opened. None is ever closed: their libraries stay loaded in any case.
private let openedEngines = Mutex<[EngineKind: any InferenceEngine]>([:])

extension EngineKind {
    /// The engine, opened by the first call and shared by all, from any thread.
    ///
    /// - Throws: `engineMissing` when its library is nowhere to be found, or does not fit; the next call tries again.
    package func open() throws(PenstockError) -> any InferenceEngine {
        try openedEngines.withLock { (engines) throws(PenstockError) in
            if let engine = engines[self] { return engine }
            let engine = try EngineActivity.during(self) { () throws(PenstockError) in try make() }
            engines[self] = engine
            return engine
        }
    }
}
