/// What the command line says about how the work is spread; `nil` lets Penstock choose.
package struct SpeedOptions: Hashable, Sendable {
    /// Places in a batch.
    package var batch: Int?
    /// How long a batch may wait for company; `nil` waits until it is full or the inputs end.
    package var maxWait: Duration?
    /// Threads that load.
    package var workers: Int?
    /// Inference requests in flight.
    package var requests: Int?
    /// Pictures that may be under way or done ahead of the slowest one.
    package var queue: Int?

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        batch = try arguments.automatic("batch", in: 1...4096)
        maxWait = try arguments.duration("max-wait")
        workers = try arguments.automatic("workers", in: 1...1024)
        requests = try arguments.automatic("requests", in: 1...1024)
        queue = try arguments.automatic("queue", in: 1...1_000_000)
    }
}

extension SpeedOptions {
    /// The options, as every command that runs a model has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            "batch",
            .suggestion("auto|N", ["auto"]),
            in: .speed,
            default: "auto",
            help: "Pictures in an inference."
        ),
        OptionDescription(
            "max-wait",
            .text("TIME"),
            in: .speed,
            default:
                "off, so that timing never changes a result; 20ms for what arrives over time and with --skip-still",
            help: "Run a batch that is not full once its oldest picture has waited this long, such as 20ms; for inputs "
                + "that arrive over time."
        ),
        OptionDescription(
            "workers",
            .suggestion("auto|N", ["auto"]),
            in: .speed,
            default: "auto",
            help: "Threads that read, decode and preprocess."
        ),
        OptionDescription(
            "requests",
            .suggestion("auto|N", ["auto"]),
            in: .speed,
            default: "auto",
            help: "Inferences in flight at once."
        ),
        OptionDescription(
            "queue",
            .suggestion("auto|N", ["auto"]),
            in: .speed,
            default: "auto",
            help: "How many pictures may be under way or done ahead of the slowest one, which holds the order up."
        ),
    ]
}
