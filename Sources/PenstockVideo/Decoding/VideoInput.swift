internal import CFFmpeg
package import PenstockCore
package import PenstockFlow
package import PenstockImages

/// A video being read and decoded, in order, by one thread that may block.
///
/// It gives the frames that its sampling asks for and decodes no more than it must for them. What is damaged becomes a
/// failure with its place, and what follows goes on.
@safe package final class VideoInput {
    /// What the video is.
    package let description: VideoDescription
    private let decoder: FrameDecoder
    private let selection: any FrameSelection
    private let delivery: FrameDelivery
    private var places: [DecodedFrame]
    private var elements: [SelectedElement] = []
    private var unsent: UnsafeMutablePointer<AVPacket>?
    private var isDraining = false
    private var hasEnded = false
    /// Complaints of the decoder without anything in between.
    private var complaints = 0

    /// Opens a video.
    ///
    /// Frames are borrowed from `pool`, whose bound makes `next` wait. Raising `stopping` ends any wait for bytes.
    ///
    /// - Throws: When it cannot be opened, holds no pictures, or its codec is not to be had.
    package init(
        _ location: VideoLocation,
        options: VideoOptions,
        pool: FramePool,
        stopping: CancellationFlag
    ) throws(PenstockError) {
        let plan = try SamplingPlan(options.sampling)
        let demuxer = try Demuxer(location, options, stopping: stopping)
        if options.sampling.needsTimes, !demuxer.hasTimes { throw .noTimes }
        description = demuxer.describe()
        unsafe decoder = try FrameDecoder(demuxer.stream, options)
        let ending = VideoEnding(demuxer, description)
        // Deinterlacing weaves each frame with its neighbours, but for keyframes alone.
        let hasAll = options.deinterlaces && options.sampling.choice != .keyframes
        let skips = demuxer.hasTimes && !options.isLowDelay && !hasAll && !plan.takesAll
        selection =
            skips && CodecTraits(demuxer.codec).beginsAtKeyframes
            ? try GroupSelection(demuxer, plan, ending) : try LinearSelection(demuxer, plan, ending)
        delivery = FrameDelivery(pool, demuxer.orientation)
        places = [try DecodedFrame(), try DecodedFrame()]
    }

    /// The next frame or failure; `nil` at the end, after which it is not asked again.
    package func next() -> VideoElement? {
        while true {
            if let element = delivery.next(of: &elements) { return element }
            if hasEnded || delivery.isClosed { return nil }
            advance()
        }
    }

    /// Opens a video to learn what it is, and gives up when the task is cancelled.
    package static func describe(
        _ location: VideoLocation,
        _ options: VideoOptions = VideoOptions()
    ) async throws -> VideoDescription {
        let stopping = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await DedicatedThread.run { () throws(PenstockError) in
                try VideoInput(location, options: options, pool: FramePool(limit: 1), stopping: stopping).description
            }
        } onCancel: {
            stopping.raise()
        }
    }

    /// When the last packet came in.
    package var lastArrival: MonotonicTime { selection.lastArrival }
}

extension VideoInput {
    /// Errors in a row while draining, after which a decoder is taken to have nothing more.
    private static let mostComplaints = 256

    /// Takes a frame from the decoder, or else gives it a packet.
    private func advance() {
        guard let place = places.first(where: { !$0.isHeld }) else { fatalError("a selection holds one frame at most") }
        let outcome = unsafe decoder.receive(into: place.pointer)
        switch outcome {
        case .done:
            complaints = 0
            selection.judge(place, into: &elements)
        case .needsPacket: feed()
        case .isDrained: finishDraining()
        case .failed(let status): fail(status)
        }
    }

    private func fail(_ status: Int32) {
        selection.noteFailure(status)
        complaints += 1
        if !isDraining {
            feed()
        } else if complaints > Self.mostComplaints {
            finishDraining()
        }
    }

    private func feed() {
        if let packet = unsafe unsent { return unsafe send(packet) }
        switch selection.step() {
        case .take(let packet, let passesOver):
            decoder.passesOverUnneeded(passesOver)
            unsafe send(packet)
        case .drain:
            isDraining = true
            _ = unsafe decoder.send(nil)
        case .end: hasEnded = true
        }
    }

    private func send(_ packet: UnsafeMutablePointer<AVPacket>) {
        // The packet is valid until the next step, and none is taken while it is unsent.
        unsafe unsent = nil
        switch unsafe decoder.send(packet) {
        case .done, .isDrained: break
        case .needsPacket: unsafe unsent = packet
        case .failed(let status): selection.noteFailure(status)
        }
    }

    private func finishDraining() {
        isDraining = false
        complaints = 0
        decoder.flush()
        selection.finishDraining(into: &elements)
    }
}

/// What a video holds.
package enum VideoElement: Sendable {
    /// A frame.
    case frame(VideoFrame)
    /// A frame, or a stretch of the video, that could not be had: where it would have been, and why.
    case failure(FrameMoment?, PenstockError)
}
