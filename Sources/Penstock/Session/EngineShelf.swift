internal import PenstockCore
internal import PenstockInference

/// Where engines are taken from.
struct EngineShelf: Sendable {
    /// Opens an engine.
    var open: @Sendable (EngineKind) throws(PenstockError) -> any InferenceEngine
    /// Whether there is anything that claims to be the engine, usable or not.
    var holds: @Sendable (EngineKind) -> Bool
}

extension EngineShelf {
    /// The engines that are installed here.
    static let installed = EngineShelf(
        open: { (kind) throws(PenstockError) in try kind.open() },
        holds: { $0.search.findsAnything }
    )
}
