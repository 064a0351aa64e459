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
    /// Which of the model's signatures, inputs and outputs are meant.
    package var tensors: TensorChoice

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        engine = try arguments.choice("engine") ?? .auto
        device = arguments.text("device") ?? "CPU"
        precision = try arguments.choice("precision") ?? .auto
        cache = Self.cache(arguments.path("cache-dir"))
        tensors = TensorChoice(arguments)
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

    /// The options, as every command that runs a model has them.
    package static let descriptions = [engineDescription] + runningDescriptions + tensorDescriptions

    /// Those of a command that reads a model and does not run it.
    static let readingDescriptions = [engineDescription] + tensorDescriptions

    private static let engineDescription = OptionDescription(
        "engine",
        .choice(EngineChoice.allCases.map(\.rawValue)),
        in: .model,
        default: "auto",
        help:
            "What runs the model. auto takes the first of them that is installed and runs it; 'penstock engines' "
            + "shows what is."
    )

    private static let runningDescriptions = [
        OptionDescription(
            "device",
            .text("DEVICE"),
            in: .model,
            default: "CPU",
            help: "Where the engine runs it, by the engine's own name; 'penstock engines' lists them."
        ),
        OptionDescription(
            "precision",
            .choice(Precision.allCases.map(\.rawValue)),
            in: .model,
            default: "auto: f32 for quantised models, what the engine chooses here for others",
            help:
                "The arithmetic, of those that 'penstock engines' lists for the device. Scores differ a little between "
                + "precisions."
        ),
        OptionDescription(
            "cache-dir",
            .folder("DIR"),
            in: .model,
            default: "~/.cache/penstock",
            help: "Where OpenVINO keeps compiled models, so that the next start is quick; none keeps nothing."
        ),
    ]

    private static let tensorDescriptions: [OptionDescription] = [
        OptionDescription(
            "signature",
            .text("NAME"),
            in: .model,
            default: "the one that serves by default",
            help: "Which signature of a SavedModel is meant. TensorFlow alone takes another than the default."
        ),
        OptionDescription(
            "input-tensor",
            .text("NAME"),
            in: .model,
            default: "the only one",
            help: "The input that takes the pictures, where a frozen graph does not say or has several."
        ),
        OptionDescription(
            "output-tensor",
            .text("NAME"),
            in: .model,
            default: "the one that looks like scores",
            help: "The output that holds the scores, where there are several."
        ),
    ]
}

extension TensorChoice {
    /// Reads the options that every command has which reads a model.
    init(_ arguments: ParsedArguments) {
        self.init(
            signature: arguments.text("signature"),
            input: arguments.text("input-tensor"),
            output: arguments.text("output-tensor")
        )
    }
}
