internal import CFFmpeg
internal import PenstockCore

/// Owns one packet.
@safe final class Packet {
    let pointer: UnsafeMutablePointer<AVPacket>

    init() throws(PenstockError) {
        guard let packet = unsafe av_packet_alloc() else { throw .noMemoryForVideo }
        unsafe pointer = packet
    }

    deinit {
        // The packet came from `av_packet_alloc`, and nobody else has it.
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe pointer
        unsafe av_packet_free(&packet)
    }
}
