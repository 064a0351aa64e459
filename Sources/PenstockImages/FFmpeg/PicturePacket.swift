import CFFmpeg
import PenstockCore

/// A whole file as one packet: copied, because FFmpeg reads a little beyond the end, and mended where that helps.
@safe final class PicturePacket {
    private let memory = GrowableBuffer()
    private let packet: UnsafeMutablePointer<AVPacket>

    /// What FFmpeg may read beyond the end of a packet, plus room for a mended end.
    private static let padding = Int(AV_INPUT_BUFFER_PADDING_SIZE) + 64

    init() {
        guard let packet = unsafe av_packet_alloc() else { fatalError("there is no memory for a packet") }
        unsafe self.packet = packet
    }

    deinit {
        // The packet came from `av_packet_alloc`, and nobody else has it.
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe self.packet
        unsafe av_packet_free(&packet)
    }

    /// Fills the packet, which stays valid until the next call.
    func fill(
        _ data: UnsafeRawBufferPointer,
        _ format: PictureFormat,
        _ header: StillHeader,
        keepsAlpha: Bool
    ) throws(PenstockError) -> UnsafeMutablePointer<AVPacket> {
        guard data.count < Int(Int32.max) - Self.padding else {
            throw PenstockError(.tooLarge, at: .decode, "The \(format) is larger than 2 GB, which is not read.")
        }
        let base = try unsafe memory.reserve(data.count + Self.padding)
        // `base` has room for the data and the padding, which is what the two calls write.
        unsafe base.copyMemory(from: data.baseAddress!, byteCount: data.count)
        unsafe (base + data.count).initializeMemory(as: UInt8.self, repeating: 0, count: Self.padding)
        let room = unsafe UnsafeMutableRawBufferPointer(start: base, count: data.count + Self.padding)
        let count = unsafe PictureRepair.mend(room, count: data.count, format, header, keepsAlpha: keepsAlpha)
        try unsafe refer(to: base.assumingMemoryBound(to: UInt8.self), count: count)
        return unsafe packet
    }

    /// Points the packet at memory that it does not own, so that sending it copies nothing.
    private func refer(to base: UnsafeMutablePointer<UInt8>, count: Int) throws(PenstockError) {
        unsafe av_packet_unref(packet)
        // FFmpeg lets go of the reference when the codec is closed; the memory stays with this object.
        let keep: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?) -> Void = { _, _ in }
        guard let reference = unsafe av_buffer_create(base, count + 64, keep, nil, AV_BUFFER_FLAG_READONLY) else {
            throw .outOfMemory(bytes: count)
        }
        unsafe packet.pointee.buf = reference
        unsafe packet.pointee.data = base
        unsafe packet.pointee.size = Int32(count)
        unsafe packet.pointee.flags = AV_PKT_FLAG_KEY
    }
}
