internal import CFFmpeg

extension UnsafeMutablePointer<AVPacket> {
    /// When the packet's frame is shown, in ticks; `nil` where the container does not say.
    var ticks: Int64? {
        // The packet is readable: whoever asks has just read it.
        let ticks = unsafe pointee.pts
        return ticks == penstock_av_no_time ? nil : ticks
    }

    /// How many ticks the frame is shown; 0 where that is not known.
    var duration: Int64 { unsafe pointee.duration }

    /// The size of the data.
    var byteCount: Int { unsafe Int(pointee.size) }

    /// Whether decoding can begin here.
    var isKey: Bool { unsafe pointee.flags & AV_PKT_FLAG_KEY != 0 }

    /// Whether a frame will be shown of it: an edit list leaves some out, and VP8 keeps some for reference only.
    func isShown(_ codec: AVCodecID) -> Bool {
        if unsafe pointee.flags & AV_PKT_FLAG_DISCARD != 0 { return false }
        // Packets that hold nothing are not read; the fifth bit of a VP8 frame says whether it is shown.
        return unsafe codec != AV_CODEC_ID_VP8 || pointee.data[0] & 0x10 != 0
    }
}

/// What matters of a packet before it is decoded.
struct PacketFacts: Hashable {
    /// When its frame is shown; the least number where the container does not say.
    let ticks: Int64
    /// How long; 0 where that is not known.
    let duration: Int64
    /// Whether decoding can begin here.
    let isKey: Bool
    /// Whether a frame will be shown of it.
    let isShown: Bool

    init(ticks: Int64, duration: Int64 = 0, isKey: Bool = false, isShown: Bool = true) {
        self.ticks = ticks
        self.duration = duration
        self.isKey = isKey
        self.isShown = isShown
    }
}
