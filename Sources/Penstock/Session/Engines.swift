internal import PenstockCore
internal import PenstockInference

/// The engines that can be had.
enum Engines {
    /// Opens the chosen engine.
    static func engine(_ choice: EngineChoice) throws(PenstockError) -> any InferenceEngine {
        try (EngineKind(rawValue: choice.rawValue) ?? .openvino).open()
    }
}
