package import PenstockCore
package import PenstockVideo

/// One picture to load: a still, or a frame of a video.
package struct PictureInput: Hashable, Sendable {
    /// Its place in the job, from 0.
    package private(set) var index: Int
    /// The path or address, as it appears in the result.
    package let name: FilePath
    /// Where its bytes are.
    package private(set) var location: Location
    /// Where a frame stands in its video.
    package let moment: FrameMoment?
    /// When it came, where that is a matter of time.
    package let arrival: Arrival?
    /// The stream that it came from, where there are several at once.
    package private(set) var lane: Int
    /// The video that a frame is of, counted from 0 in the job.
    package var video: Int?
    /// Whether a frame shows what the last one that was looked at showed.
    package var isStill = false

    /// Where bytes are.
    package enum Location: Hashable, Sendable {
        /// In a file.
        case file
        /// At an `http` or `https` address.
        case address
        /// On its way from an address.
        case remote(RemotePicture)
        /// Here.
        case memory([UInt8])
        /// In a video, which `ExpandedInputs` takes apart before a loader sees it.
        case video(VideoLocation)
        /// Decoded.
        case frame(VideoFrame)
        /// Pixels that somebody made.
        case pixels(PixelBuffer)
    }

    /// Makes an input.
    package init(
        index: Int,
        name: FilePath,
        location: Location,
        moment: FrameMoment? = nil,
        arrival: Arrival? = nil,
        lane: Int = 0
    ) {
        self.index = index
        self.name = name
        self.location = location
        self.moment = moment
        self.arrival = arrival
        self.lane = lane
    }
}

extension PictureInput {
    /// The file that it is read from; `nil` where it is none, whatever its name.
    var file: FilePath? {
        switch location {
        case .file, .video, .frame: name
        case .address, .remote, .memory, .pixels: nil
        }
    }

    /// The same item with its bytes elsewhere.
    func with(_ location: Location) -> PictureInput {
        var input = self
        input.location = location
        return input
    }

    /// The same item with its place in the job.
    func numbered(_ index: Int, lane: Int = 0) -> PictureInput {
        var input = self
        input.index = index
        input.lane = lane
        return input
    }
}
