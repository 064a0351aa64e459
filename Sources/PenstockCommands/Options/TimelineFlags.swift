package import PenstockCore

/// What the command line says about meaning over time, and about pictures that are drawn on.
package struct TimelineFlags: Hashable, Sendable {
    /// How scores are smoothed.
    package var smoothing: Smoothing?
    /// The file for events.
    package var events: FilePath?
    /// When an event begins and ends.
    package var eventRules: EventDetector.Configuration
    /// The video, or the folder, for what is drawn on.
    package var annotated: FilePath?

    /// Reads the options that `descriptions` describes.
    ///
    /// - Throws: Also when two of them contradict each other.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        smoothing = try Self.smoothing(arguments)
        events = arguments.path("events")
        annotated = arguments.path("annotate")
        eventRules = EventDetector.Configuration()
        eventRules.enter = try arguments.number("event-enter").map { Float($0) } ?? eventRules.enter
        // Left alone, the threshold to leave stays where it is unless it would lie above the one to enter.
        let leave = try arguments.number("event-leave").map { Float($0) }
        eventRules.leave = leave ?? min(eventRules.leave, eventRules.enter)
        eventRules.minimumDuration = try arguments.duration("event-min") ?? eventRules.minimumDuration
        eventRules.maximumGap = try arguments.duration("event-gap") ?? eventRules.maximumGap
        try check(arguments)
    }

    private static func smoothing(_ arguments: ParsedArguments) throws(UsageError) -> Smoothing? {
        let kind = try arguments.choice("smooth-by", Smoothing.Kind.self)
        guard let span = try arguments.duration("smooth", atLeast: .milliseconds(1)) else {
            if kind != nil { throw UsageError("--smooth-by says how; --smooth TIME says how much, and is missing.") }
            return nil
        }
        return Smoothing(kind ?? .exponential, span: span)
    }

    private func check(_ arguments: ParsedArguments) throws(UsageError) {
        let rule = ["event-enter", "event-leave", "event-min", "event-gap"].first { arguments.argument($0) != nil }
        if let rule, events == nil {
            throw UsageError("--\(rule) is about events; name a file for them with --events.")
        }
        if let annotated,
            ["avi", "webm", "flv", "ts", "gif", "jpg", "jpeg", "png"].contains(annotated.lowercasedExtension)
        {
            throw UsageError(
                "--annotate is a video's file (.mp4, .mov, .mkv) or a folder, not \(annotated.description.quoted)."
            )
        }
        if eventRules.leave > eventRules.enter {
            throw UsageError("--event-leave is above --event-enter, so that every event would end as it begins.")
        }
        if let events, (try? EventFormat(file: events)) == nil {
            throw UsageError(
                "--events is a file that ends in .vtt, .srt, .jsonl or .csv, not \(events.description.quoted)."
            )
        }
    }
}

extension TimelineFlags {
    /// The options, as `classify` has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            "smooth",
            .text("TIME"),
            in: .video,
            help: "Smooth scores over this much true time, such as 500ms."
        ),
        OptionDescription(
            "smooth-by",
            .choice(Smoothing.Kind.allCases.map(\.rawValue)),
            in: .video,
            default: "exponential",
            help: "Let the past fade, or take the mean of all that lies within the time."
        ),
        OptionDescription(
            "events",
            .file("FILE"),
            in: .video,
            help: "Write when each class is seen, from its begin to its end: as WebVTT (.vtt), SRT (.srt), JSON lines "
                + "(.jsonl) or CSV (.csv)."
        ),
        OptionDescription(
            "event-enter",
            .text("X"),
            in: .video,
            default: "0.5",
            help: "The score at which an event begins."
        ),
        OptionDescription(
            "event-leave",
            .text("X"),
            in: .video,
            default: "0.35",
            help: "The score below which it ends."
        ),
        OptionDescription(
            "event-min",
            .text("TIME"),
            in: .video,
            default: "500ms",
            help: "Shorter events are left out."
        ),
        OptionDescription(
            "event-gap",
            .text("TIME"),
            in: .video,
            default: "500ms",
            help: "Shorter breaks do not end an event."
        ),
        OptionDescription(
            "annotate",
            .file("FILE|DIR"),
            in: .results,
            help:
                "Draw the results: a video into FILE (.mp4, .mov or .mkv, with its sound), pictures and any number of "
                + "videos into DIR."
        ),
    ]
}
