internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// A place for the decoder to put a frame, before it is known whether anybody wants it.
@safe final class DecodedFrame {
    let pointer: UnsafeMutablePointer<AVFrame>
    /// Whether the frame waits for a judgement, and the place must not be used for another.
    var isHeld = false

    init() throws(PenstockError) {
        guard let frame = unsafe av_frame_alloc() else { throw .noMemoryForVideo }
        unsafe pointer = frame
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe pointer
        unsafe av_frame_free(&frame)
    }
}

extension DecodedFrame {
    /// When the container shows the frame, in ticks.
    var ticks: Int64? { known(unsafe pointer.pointee.pts) }

    /// When the frame is shown as far as can be told, in ticks.
    var guessedTicks: Int64? { ticks ?? known(unsafe pointer.pointee.best_effort_timestamp) }

    /// How many ticks the frame is shown; 0 where that is not known.
    var duration: Int64 { unsafe pointer.pointee.pkt_duration }

    var isKeyframe: Bool { unsafe pointer.pointee.key_frame != 0 }

    var isDamaged: Bool {
        unsafe pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || pointer.pointee.decode_error_flags != 0
    }

    /// The orientation that the frame itself asks for.
    var orientation: Orientation? {
        guard let data = unsafe av_frame_get_side_data(pointer, AV_FRAME_DATA_DISPLAYMATRIX) else { return nil }
        // The data is the frame's, of the size that it says.
        return unsafe Orientation(displayMatrix: data.pointee.data, count: data.pointee.size)
    }

    private func known(_ ticks: Int64) -> Int64? { ticks == penstock_av_no_time ? nil : ticks }
}
