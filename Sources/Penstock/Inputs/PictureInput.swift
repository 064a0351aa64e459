package import PenstockCore
package import PenstockVideo

/// One picture to load: a still, or a frame of a video.
package struct PictureInput: Hashable, Sendable {
    /// Its place in the job, from 0.
    package let index: Int
    /// The path or address, as it appears in the result.
    package let name: FilePath
    /// Where its bytes are.
    package let location: Location
    /// Where a frame stands in its video.
    package let moment: FrameMoment?
    /// When it came, where that is a matter of time.
    package let arrival: Arrival?
    /// The stream that it came from, where there are several at once.
    package let lane: Int

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
    /// The same item with its bytes elsewhere.
    func with(_ location: Location) -> PictureInput {
        PictureInput(index: index, name: name, location: location, moment: moment, arrival: arrival, lane: lane)
    }

    /// The same item with its place in the job.
    func numbered(_ index: Int, lane: Int = 0) -> PictureInput {
        PictureInput(index: index, name: name, location: location, moment: moment, arrival: arrival, lane: lane)
    }
}
