public import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// Reads a video's frames: all of them in order, some of them, or single ones by number or time.
///
/// ```swift
/// let video = try await VideoReader("clip.mp4")
/// for try await frame in video.frames(every: .seconds(1)) {
///     print(frame.time, frame.size)
/// }
/// ```
///
/// Each sequence and each access opens the video anew, so that any number of them can go on side by side.
public struct VideoReader: Sendable {
    /// Where the video comes from.
    public let location: VideoLocation
    /// What the video is.
    public let description: VideoDescription
    private let configuration: Configuration

    /// How a video is read.
    public struct Configuration: Hashable, Sendable {
        /// How many frames are decoded ahead of the one in use; at least one.
        public var framesAhead = 4
        /// Threads of the decoder; `nil` takes as many as there are cores.
        public var threads: Int?
        /// The longest wait for the next bytes.
        public var timeout: Duration = .seconds(30)
        /// Frames with more pixels than this are refused.
        public var maxPixels = 178_956_970

        /// Makes the default configuration.
        public init() {}
    }

    /// Opens a video and reads what it is.
    ///
    /// - Throws: A `PenstockError` when it cannot be opened, holds no pictures, or its codec is not to be had.
    public init(_ location: VideoLocation, configuration: Configuration = Configuration()) async throws {
        let options = configuration.options
        self.location = location
        self.configuration = configuration
        description = try await VideoInput.describe(location, options)
    }

    /// Opens a video file and reads what it is.
    ///
    /// - Throws: A `PenstockError` when it cannot be opened, holds no pictures, or its codec is not to be had.
    public init(_ path: FilePath, configuration: Configuration = Configuration()) async throws {
        try await self.init(.file(path), configuration: configuration)
    }
}

extension VideoReader {
    /// The frames that a sampling picks, in the order in which they are shown.
    public func frames(_ sampling: VideoSampling = VideoSampling()) -> VideoFrames {
        var options = configuration.options
        options.sampling = sampling
        return VideoFrames(location: location, options: options, framesAhead: max(1, configuration.framesAhead))
    }

    /// The first frame at or after each multiple of an interval of time.
    public func frames(every interval: Duration) -> VideoFrames {
        frames(VideoSampling(.interval(interval)))
    }

    /// Each `step`th frame of a range of numbers, from the first of the range on.
    public func frames(step: Int = 1, in range: Range<Int>) -> VideoFrames {
        frames(VideoSampling(.frames(range, step: step)))
    }

    /// The frame of a number, counted from 0 in the order in which frames are shown.
    ///
    /// - Throws: A `PenstockError` when there is no such frame, or it cannot be decoded.
    public func frame(at number: Int) async throws -> VideoFrame {
        guard (0..<Int.max).contains(number) else { throw PenstockError.noFrame(number, of: description.frameCount) }
        for try await frame in frames(in: number..<number + 1).throwingFailures() { return frame }
        throw PenstockError.noFrame(number, of: description.frameCount)
    }

    /// The frame that is shown at a time, counted from the beginning of the video.
    ///
    /// - Throws: A `PenstockError` when the video is over before, or the frame cannot be decoded.
    public func frame(at time: Duration) async throws -> VideoFrame {
        try await frames(at: [time])[0]
    }

    /// The frames that are shown at some times, counted from the beginning of the video and in any order; the frames
    /// come in the order of the times.
    ///
    /// All of them are in memory when this returns; for many times, loop over `frames(_:)` with `.times` instead.
    ///
    /// - Throws: A `PenstockError` when the video is over before one of them, or a frame cannot be decoded.
    public func frames(at times: [Duration]) async throws -> [VideoFrame] {
        let order = times.indices.sorted { times[$0] < times[$1] }
        var found: [VideoFrame?] = Array(repeating: nil, count: times.count)
        var count = 0
        for try await frame in frames(VideoSampling(.times(order.map { times[$0] }))).throwingFailures() {
            found[order[count]] = frame
            count += 1
        }
        guard count == times.count else { throw PenstockError.beyondEnd(times[order[count]], last: nil) }
        return found.compactMap(\.self)
    }
}

extension VideoReader.Configuration {
    fileprivate var options: VideoOptions {
        var options = VideoOptions()
        options.threads = max(1, threads ?? AvailableCores.current().count)
        options.timeout = timeout
        options.maxPixels = maxPixels
        return options
    }
}

extension PenstockError {
    fileprivate static func noFrame(_ number: Int, of count: Int?) -> Self {
        let total = count.map { ": it has \($0) frames, counted from 0" } ?? ""
        return Self(.invalidConfiguration, at: .configure, "The video has no frame \(number)\(total).")
    }
}
