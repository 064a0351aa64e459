package import Penstock
package import PenstockCore
package import PenstockVideo

/// What the command line says about inputs that arrive over time.
package struct LiveFlags: Hashable, Sendable {
    /// Whether streams are taken as they come, at the wall clock's pace.
    package var isLive: Bool
    /// What gives way when frames come faster than they are classified.
    package var drop: DropPolicy
    /// The age beyond which a frame that waits is dropped.
    package var maxAge: Duration?
    /// How long a stream that broke is tried again.
    package var reconnect: Reconnection
    /// A folder whose files are taken as they are completed.
    package var watched: FilePath?

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        isLive = arguments.has("live")
        drop = try arguments.choice("drop") ?? .oldest
        maxAge = try arguments.duration("max-age", atLeast: .milliseconds(1))
        reconnect = try Self.reconnection(arguments)
        watched = arguments.path("watch")
        let given = ["drop", "max-age", "reconnect"].first { arguments.argument($0) != nil }
        if let given, !isLive { throw UsageError("--\(given) is about live streams; add --live.") }
    }

    private static func reconnection(_ arguments: ParsedArguments) throws(UsageError) -> Reconnection {
        switch arguments.text("reconnect") {
        case nil, "forever": .forever
        case "never": .never
        default: .upTo(try arguments.duration("reconnect") ?? .zero)
        }
    }
}

extension LiveFlags {
    /// The options, as every command that reads streams has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            flag: "live",
            in: .live,
            help:
                "Take streams and cameras as they come: several at once, each frame with its latency, what comes too fast "
                + "dropped and counted, and a stream that breaks connected again. A file is played at its own pace."
        ),
        OptionDescription(
            "drop",
            .choice(DropPolicy.allCases.map(\.rawValue)),
            in: .live,
            default: "oldest",
            help: "Which frames give way when they come faster than they are classified; with never, the sender waits."
        ),
        OptionDescription(
            "max-age",
            .text("TIME"),
            in: .live,
            help: "Drop frames that have waited longer, such as 500ms."
        ),
        OptionDescription(
            "reconnect",
            .suggestion("forever|never|TIME", ["forever", "never"]),
            in: .live,
            default: "forever",
            help: "How long to try again when a stream breaks."
        ),
        OptionDescription(
            "watch",
            .folder("DIR"),
            in: .live,
            help: "Take files as they are completed in this folder and the folders in it, until interrupted."
        ),
    ]
}
