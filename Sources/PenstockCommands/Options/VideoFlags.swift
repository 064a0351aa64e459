internal import PenstockCore
package import PenstockVideo

/// What the command line says about videos.
package struct VideoFlags: Hashable, Sendable {
    /// Which frames are taken.
    package var sampling: VideoSampling
    /// Whether interlaced frames are deinterlaced.
    package var deinterlaces: Bool
    /// How raw frames on standard input are laid out.
    package var raw: RawVideo?

    /// Reads the options that `descriptions` describes.
    ///
    /// - Throws: Also when two of them contradict each other.
    /// - Parameter isLive: Whether nothing can be skipped, since it comes at its own pace.
    package init(_ arguments: ParsedArguments, isLive: Bool = false) throws(UsageError) {
        sampling = VideoSampling(
            try Self.choice(arguments, isLive: isLive),
            start: try arguments.duration("start"),
            end: try arguments.duration("end")
        )
        deinterlaces = arguments.has("deinterlace")
        raw = try arguments.rawVideo("raw")
        if case .times = sampling.choice, sampling.start != nil || sampling.end != nil {
            throw UsageError("--at names the moments by itself; leave --start and --end out.")
        }
        if let start = sampling.start, let end = sampling.end, start >= end {
            throw UsageError("--start is not before --end, so there is nothing between them.")
        }
    }

    /// Frames this far apart are taken where they cost least.
    private static let longInterval = Duration.seconds(5)

    private static func choice(
        _ arguments: ParsedArguments,
        isLive: Bool
    ) throws(UsageError) -> VideoSampling.Choice {
        let given = ["every", "fps", "at"].filter { arguments.argument($0) != nil }
        let names = (given + (arguments.has("keyframes") ? ["keyframes"] : [])).map { "--\($0)" }
        if names.count > 1 { throw UsageError("\(names[0]) and \(names[1]) both say which frames; give one of them.") }
        if let step = try arguments.integer("every", in: 1...1_000_000_000) { return .every(step) }
        if let rate = try arguments.number("fps", in: 1e-6...1e6) {
            let interval = Duration.nanoseconds(Int64((1e9 / rate).rounded()))
            return interval >= Self.longInterval && !isLive ? .stretches(interval) : .interval(interval)
        }
        if let times = try arguments.durations("at") { return .times(times.sorted()) }
        return arguments.has("keyframes") ? .keyframes : .every(1)
    }
}

extension VideoFlags {
    /// Makes sure that frames which are described come from somewhere.
    func checkRaw(_ inputs: [FilePath]) throws(UsageError) {
        guard raw != nil, !inputs.contains("-") else { return }
        throw UsageError("--raw describes frames on standard input; name that as an input: -")
    }
}

extension VideoFlags {
    /// The options, as every command that reads videos has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription("every", .text("N"), in: .video, default: "1", help: "Take each Nth frame."),
        OptionDescription(
            "fps",
            .text("X"),
            in: .video,
            help: "Take X frames for each second of true time, such as 2 or 0.1; what lies between is skipped or not "
                + "even read. At 0.2 and less, each stretch of time gives its first keyframe, if it has one."
        ),
        OptionDescription(
            flag: "keyframes",
            in: .video,
            help: "Take the frames that need no other: the fastest look at a video."
        ),
        OptionDescription("at", .text("TIMES"), in: .video, help: "Take the frames shown at these times: 1.5s,10s,2m."),
        OptionDescription("start", .text("TIME"), in: .video, help: "Begin at this time of each video, such as 90s."),
        OptionDescription(
            "end",
            .text("TIME"),
            in: .video,
            help: "End at this time; a live stream, this long after it began."
        ),
        OptionDescription(flag: "deinterlace", in: .video, help: "Deinterlace frames that are interlaced."),
        OptionDescription(
            "raw",
            .text("WxH:FORMAT@FPS"),
            in: .video,
            help:
                "Read raw frames from standard input, which is then given as -; such as 640x480:rgb24@30, with FFmpeg's "
                + "names of pixel formats."
        ),
    ]
}

extension ParsedArguments {
    /// Times between commas.
    fileprivate func durations(_ name: String) throws(UsageError) -> [Duration]? {
        guard let text = text(name) else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { ValueText.duration(String($0)) }
        let times = parts.compactMap(\.self)
        if times.count == parts.count, !times.isEmpty { return times }
        throw UsageError("--\(name) is times between commas, each with its unit, such as 1.5s,10s, not \(text.quoted).")
    }

    /// `640x480:rgb24@30`; the format and the rate may be left out.
    fileprivate func rawVideo(_ name: String) throws(UsageError) -> RawVideo? {
        guard let text = text(name) else { return nil }
        let rated = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let formatted = rated[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let rate = rated.count > 1 ? ValueText.number(rated[1]) : nil
        guard formatted[0].contains(where: { "xX×".contains($0) }), let size = ValueText.size(formatted[0]),
            rated.count == 1 || rate.map({ $0 > 0 }) ?? false
        else {
            throw UsageError(
                "--\(name) is a size, a pixel format and a rate, such as 640x480:rgb24@30, not \(text.quoted)."
            )
        }
        return RawVideo(size: size, pixelFormat: formatted.count > 1 ? formatted[1] : "rgb24", frameRate: rate)
    }
}
