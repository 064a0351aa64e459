package import PenstockCore
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
    package var cache: CacheChoice

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        engine = try arguments.choice("engine") ?? .auto
        device = arguments.text("device") ?? "CPU"
        precision = try arguments.choice("precision") ?? .auto
        cache = CacheChoice(arguments.path("cache-dir"))
    }
}

/// Which engine runs the model.
package enum EngineChoice: String, Hashable, Sendable, CaseIterable {
    /// The fastest of those that are installed and read the model.
    case auto
    /// OpenVINO.
    case openvino
}

/// Where compiled models are kept between runs.
package enum CacheChoice: Hashable, Sendable {
    /// In this user's cache folder.
    case standard
    /// Nowhere.
    case off
    /// In a folder of the user's choice.
    case folder(FilePath)

    /// Interprets the option's value.
    init(_ path: FilePath?) {
        switch path {
        case nil: self = .standard
        case "none": self = .off
        case let path?: self = .folder(path)
        }
    }

    /// The folder to use; `nil` when compiled models are not kept, or when there is no home to keep them in.
    package func directory(variables: [String: String]) -> FilePath? {
        switch self {
        case .off: return nil
        case .folder(let path): return path
        case .standard:
            // The convention asks for relative paths to be passed over.
            if let cache = variables["XDG_CACHE_HOME"], cache.hasPrefix("/") {
                return FilePath(cache).appending("penstock")
            }
            guard let home = variables["HOME"], !home.isEmpty else { return nil }
            return FilePath(home).appending(".cache").appending("penstock")
        }
    }
}

extension EngineOptions {
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
            default: "auto, the fastest here",
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
