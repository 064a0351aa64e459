internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// A video's frames as items of a job, in order, as they are asked for.
final class VideoItems: IteratorProtocol {
    /// What it takes to open any of a job's videos.
    struct Opening: Sendable {
        var options: VideoOptions
        var stillThreshold: Double?
        let pool: FramePool
        let stopping: CancellationFlag
        let meters: StageMeters
        let log: StreamLog
        /// What stands between videos and the job; without it, their frames are its items.
        var route: (any VideoRoute)?
    }

    private let name: FilePath
    private let location: VideoLocation
    private let opening: Opening
    private let arrival: Arrival?
    private var input: VideoInput?
    private var still: StillDetector?
    private var isAtEnd = false
    private var report = StreamReport()
    private var meter = RateMeter()

    /// A video that is opened when its first frame is asked for.
    init(_ name: FilePath, _ location: VideoLocation, _ opening: Opening, arrival: Arrival? = nil) {
        self.name = name
        self.location = location
        self.opening = opening
        self.arrival = arrival
        still = opening.stillThreshold.map(StillDetector.init)
    }

    /// The next frame or failure, without its place in the job; `nil` at the end.
    func next() -> InputElement? {
        guard !isAtEnd else { return nil }
        do throws(PenstockError) {
            let input = try opened()
            guard let element = metered(input.next) else { return end(input) }
            switch element {
            case .frame(let frame): return item(frame)
            case .failure(let moment, let error): return failure(error, moment)
            }
        } catch {
            isAtEnd = true
            return failure(error)
        }
    }

    /// Notes what came of the video; where that is nothing, it is a failure of its own.
    private func end(_ input: VideoInput) -> InputElement? {
        isAtEnd = true
        let isBare = report.decoded + report.failed == 0 && !opening.stopping.isRaised
        defer { note(input) }
        return isBare ? failure(.nothingAskedFor(input.description)) : nil
    }

    private func note(_ input: VideoInput) {
        report.rate = meter.rate(claimed: input.description.claimedRate)
        opening.log.add(StreamSummary(source: name, report: report))
    }

    private func opened() throws(PenstockError) -> VideoInput {
        if let input { return input }
        let made = try VideoInput(
            location,
            options: opening.options,
            pool: opening.pool,
            stopping: opening.stopping
        )
        input = made
        return made
    }

    private func item(_ frame: VideoFrame) -> InputElement {
        report.decoded += 1
        if let time = frame.moment.time { meter.add(frame: frame.moment.frame, at: time) }
        var item = PictureInput(
            index: 0,
            name: name,
            location: .frame(frame),
            moment: frame.moment,
            arrival: arrival
        )
        item.isStill = still?.isStill(frame) == true
        return .item(item)
    }

    private func failure(_ error: PenstockError, _ moment: FrameMoment? = nil) -> InputElement {
        report.failed += 1
        return .value(FailedInput(source: name, index: 0, moment: moment, error: error))
    }

    /// Measures decoding, less the time in which nobody wanted a frame.
    private func metered(_ body: () -> VideoElement?) -> VideoElement? {
        let start = MonotonicTime.now
        let waitedBefore = opening.pool.timeWaiting
        defer { opening.meters.add(.now - start - (opening.pool.timeWaiting - waitedBefore), to: .decode) }
        return body()
    }
}

/// A way that a job has its videos' frames take before they are its items.
protocol VideoRoute: Sendable {
    /// The items of a video; `nil` where the video is not to be opened, and is an item itself.
    func items(of video: PictureInput, at location: VideoLocation, _ opening: VideoItems.Opening)
        -> (any IteratorProtocol<InputElement>)?
}

extension VideoItems.Opening {
    /// The items of a video, which is opened when the first is asked for; `nil` where it is one itself.
    func items(_ video: PictureInput, _ location: VideoLocation) -> (any IteratorProtocol<InputElement>)? {
        if let route { return route.items(of: video, at: location, self) }
        return VideoItems(video.name, location, self, arrival: video.arrival)
    }
}

extension PenstockError {
    /// A sampling that hits no frame.
    fileprivate static func nothingAskedFor(_ video: VideoDescription) -> Self {
        let length = video.duration.map { ", which lasts \(($0.seconds * 1000).rounded() / 1000) s" } ?? ""
        return Self(
            .notFound,
            at: .decode,
            "No frame of the video\(length) lies in the part that was asked for. Check --start, --end and --at."
        )
    }
}
