internal import CFFmpeg
internal import PenstockCore
internal import PenstockFlow

/// The sound that goes beside a written video: from the file that the pictures come from, kept as it is where the new
/// file may hold it, and as AAC otherwise. It is read no further than the pictures have got.
@safe final class SoundTrack {
    private let source: SourceSound
    private let container: VideoContainer
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var encoder: SoundEncoder?
    private var stream: Int32 = 0
    /// Whether `packet` holds one that is not due yet.
    private var isPacketWaiting = false
    private var hasEnded = false
    private var lastTime = Int64.min
    /// The time of the first picture, in the unit of the source's packets.
    private var zero: Int64 = 0

    /// Prepares the sound of a file; `nil` where there is none.
    init?(of path: FilePath, for container: VideoContainer) {
        guard let source = SourceSound(path) else { return nil }
        self.source = source
        self.container = container
        unsafe packet = av_packet_alloc()
        guard unsafe packet != nil else { return nil }
    }

    deinit {
        // The packet is this object's own.
        unsafe av_packet_free(&packet)
    }

    /// Adds the stream to a file whose first picture has the time `first`; `nil` is the file's beginning.
    func begin(in output: OutputVideo, at first: Duration?) throws(PenstockError) {
        let first = first ?? .zero
        zero = av_rescale_q(Int64(first / .microseconds(1)), penstock_av_microseconds, source.timeBase)
        if first > Self.worthSeeking { source.seek(to: first - Self.runUp) }
        if unsafe container.keeps(source.parameters.pointee.codec_id) {
            unsafe stream = try output.addStream(source.parameters, timeBase: source.timeBase)
        } else {
            let encoder = try SoundEncoder(source)
            stream = try encoder.addStream(to: output)
            self.encoder = encoder
        }
    }

    /// Writes what is heard before a time, which counts in ticks from the first picture.
    func write(until ticks: Int64, to output: OutputVideo) throws(PenstockError) {
        let end = zero + av_rescale_q(ticks, VideoEncoder.timeBase, source.timeBase)
        while !hasEnded {
            if !isPacketWaiting { isPacketWaiting = try readPacket(output) }
            // The packet is this object's own, and full when one waits.
            guard isPacketWaiting, unsafe packet!.pointee.pts < end else { return }
            isPacketWaiting = false
            try writePacket(output)
        }
    }

    /// Writes the rest of what is heard before a time. Nothing follows.
    func finish(at ticks: Int64, to output: OutputVideo) throws(PenstockError) {
        try write(until: ticks, to: output)
        try endEncoder(output)
    }
}

extension SoundTrack {
    private static let worthSeeking = Duration.seconds(5)
    private static let runUp = Duration.seconds(1)

    private func readPacket(_ output: OutputVideo) throws(PenstockError) -> Bool {
        // The packet is this object's own, and empty when none waits.
        guard unsafe source.read(into: packet!) else {
            hasEnded = true
            try endEncoder(output)
            return false
        }
        if unsafe packet!.pointee.pts == penstock_av_no_time { unsafe packet!.pointee.pts = packet!.pointee.dts }
        // Without a time there is no place for it.
        if unsafe packet!.pointee.pts == penstock_av_no_time { unsafe packet!.pointee.pts = Int64.min + 1 }
        return true
    }

    private func writePacket(_ output: OutputVideo) throws(PenstockError) {
        // The packet is this object's own, and full; it is emptied on every way out.
        defer { unsafe av_packet_unref(packet) }
        guard unsafe packet!.pointee.pts > Int64.min / 2 else { return }
        let time = unsafe packet!.pointee.pts - zero
        let end = unsafe time + max(0, packet!.pointee.duration)
        if let encoder {
            // A decoder needs a run-up; the encoder cuts it off.
            return try unsafe encoder.add(packet!, time: time) { (packet) throws(PenstockError) in
                try unsafe put(packet, encoder.timeBase, output)
            }
        }
        // One that ends where the pictures begin is what decoders of AAC and Opus start up with.
        guard container.hidesPreroll ? end >= 0 : time >= 0 else { return }
        unsafe packet!.pointee.pts = time
        unsafe packet!.pointee.dts = time
        try unsafe put(packet!, source.timeBase, output)
    }

    private func endEncoder(_ output: OutputVideo) throws(PenstockError) {
        guard let encoder else { return }
        try unsafe encoder.finish { (packet) throws(PenstockError) in try unsafe put(packet, encoder.timeBase, output)
        }
        self.encoder = nil
        hasEnded = true
    }

    private func put(
        _ packet: UnsafeMutablePointer<AVPacket>,
        _ timeBase: AVRational,
        _ output: OutputVideo
    ) throws(PenstockError) {
        // Times that stand still or run back, as in damaged files, are refused by the muxer. The packet is ours.
        let time = unsafe packet.pointee.dts
        guard time > lastTime, container.hidesPreroll || time >= 0 else { return }
        lastTime = time
        try unsafe output.write(packet, to: stream, timeBase: timeBase)
    }
}
