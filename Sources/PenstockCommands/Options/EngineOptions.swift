package import Penstock
package import PenstockInference

/// What the command line says about the engine and its device.
package struct EngineOptions: Hashable, Sendable {
    /// The engine.
    package var engine: EngineChoice
    /// The device, as the engine names it.
    package var device: String
    /// The arithmetic.
    package var precision: Precision
    /// Where compiled models are kept between runs.
    package var cache: ModelCache

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        engine = try arguments.choice("engine") ?? .auto
        device = arguments.text("device") ?? "CPU"
        precision = try arguments.choice("precision") ?? .auto
        cache = Self.cache(arguments.path("cache-dir"))
    }
}

extension EngineOptions {
    private static func cache(_ path: FilePath?) -> ModelCache {
        switch path {
        case nil: .standard
        case "none": .none
        case let path?: .folder(path)
        }
    }

    /// The options, as every command that loads a model has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            "engine",
            .choice(EngineChoice.allCases.map(\.rawValue)),
            in: .model,
            default: "auto",
            help: "What runs the model."
        ),
        OptionDescription("device", .text("DEVICE"), in: .model, default: "CPU", help: "Where the engine runs it."),
        OptionDescription(
            "precision",
            .choice(Precision.allCases.map(\.rawValue)),
            in: .model,
            default: "auto: f32 for quantised models, the engine's fastest here for others",
            help: "The arithmetic. Scores differ a little between precisions."
        ),
        OptionDescription(
            "cache-dir",
            .folder("DIR"),
            in: .model,
            default: "~/.cache/penstock",
            help: "Where compiled models are kept, so that the next start is quick; none keeps nothing."
        ),
    ]
}
