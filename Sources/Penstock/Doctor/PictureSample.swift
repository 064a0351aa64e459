internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// The pictures and videos that an examination looks at, spread evenly over a source.
struct PictureSample: Sendable {
    /// What is read by one job: all the stills, or one video.
    struct Part: Sendable {
        var source: PictureSource
        /// The video, if it is one.
        var video: VideoLocation?
        /// The most pictures that are looked at: each still, and a video's share of what stills leave, but one at least.
        var limit: Int
    }

    let parts: [Part]
    /// The stills and videos that the source holds.
    let found: Int
    /// Stills and videos among them that are looked at.
    let drawn: Int
    /// Inputs that could not be found.
    let missing: ReadFailures
}

/// What went wrong, and how often.
struct ReadFailures: Hashable, Sendable {
    var count = 0
    var first: PenstockError?

    mutating func add(_ error: PenstockError) {
        count += 1
        first = first ?? error
    }
}

extension PictureSample {
    /// Draws a sample: the same one each time.
    static func draw(_ limit: Int, from source: PictureSource) async throws -> PictureSample {
        guard limit > 0 else {
            throw PenstockError(.invalidConfiguration, at: .configure, "A sample holds one picture at least.")
        }
        return try await DedicatedThread.run { () throws(PenstockError) in
            try PictureSample(limit, from: InputWalker(source, unwanted: UnwantedFiles()))
        }
    }

    private init(_ limit: Int, from walker: InputWalker) throws(PenstockError) {
        var walker = walker
        var spread = EvenSpread<PictureInput>(limit)
        var missing = ReadFailures()
        while let element = walker.next() {
            switch element {
            case .value(let failed): missing.add(failed.error)
            case .item(let input):
                try input.checkRepeatable()
                spread.add(input)
            }
        }
        let inputs = spread.chosen
        parts = Self.parts(inputs, limit)
        found = spread.count
        drawn = inputs.count
        self.missing = missing
    }

    /// The stills first, and then each video with its share of what they leave.
    private static func parts(_ inputs: [PictureInput], _ limit: Int) -> [Part] {
        let videos = inputs.compactMap(\.videoLocation)
        let stills = inputs.compactMap(\.stillSource)
        let share = max(1, (limit - stills.count) / max(1, videos.count))
        let all = Part(source: PictureSource(inputs: stills), video: nil, limit: stills.count)
        return (stills.isEmpty ? [] : [all])
            + videos.map { Part(source: .video($0), video: $0, limit: share) }
    }
}

extension PictureInput {
    fileprivate var videoLocation: VideoLocation? {
        if case .video(let location) = location { location } else { nil }
    }

    fileprivate var stillSource: PictureSource.Input? {
        switch location {
        case .file, .address: .file(name)
        case .memory(let bytes): .bytes(name: name.description, bytes)
        case .video, .remote, .frame, .pixels: nil
        }
    }

    /// Makes sure that it can be read as often as it takes, and has an end.
    fileprivate func checkRepeatable() throws(PenstockError) {
        switch location {
        case .file, .address, .memory, .video(.file): return
        case .video, .remote, .frame, .pixels:
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(name) is a stream, which can be seen only once; record some of it, or save frames, and show those."
            )
        }
    }
}
