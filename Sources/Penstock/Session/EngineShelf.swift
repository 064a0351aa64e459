internal import PenstockCore
internal import PenstockInference

/// Where engines are taken from.
struct EngineShelf: Sendable {
    /// Opens an engine.
    var open: @Sendable (EngineKind) throws(PenstockError) -> any InferenceEngine
}

extension EngineShelf {
    /// The engines that are installed here.
    static let installed = EngineShelf(
        open: { (kind) throws(PenstockError) in try kind.open() }
    )
}
