internal import CFFmpeg

/// A packet that waits until it is known whether anything in it is wanted.
@safe struct HeldPacket {
    private let packet: Packet
    let facts: PacketFacts
    /// Where it lies in the file, as far as the demuxer tells.
    let offset: Int64
    let byteCount: Int

    /// Takes over what is in `source`.
    init(taking source: UnsafeMutablePointer<AVPacket>, _ codec: AVCodecID) {
        guard let packet = try? Packet() else { fatalError("there is no memory for a packet") }
        self.packet = packet
        // The source is the caller's, and is left empty.
        facts = unsafe PacketFacts(source, codec)
        offset = unsafe source.pointee.pos
        byteCount = unsafe source.byteCount
        unsafe av_packet_move_ref(packet.pointer, source)
    }

    /// The packet, valid as long as this or a copy of it.
    var pointer: UnsafeMutablePointer<AVPacket> { unsafe packet.pointer }

    /// Gives up what is in it.
    func move(to destination: UnsafeMutablePointer<AVPacket>) {
        // The destination is the caller's, and what it held is let go of.
        unsafe av_packet_unref(destination)
        unsafe av_packet_move_ref(destination, packet.pointer)
    }
}

extension PacketFacts {
    fileprivate init(_ packet: UnsafeMutablePointer<AVPacket>, _ codec: AVCodecID) {
        // The packet is readable: the caller has just read it.
        unsafe self.init(
            ticks: packet.ticks ?? .min,
            duration: packet.duration,
            isKey: packet.isKey,
            isShown: packet.isShown(codec)
        )
    }
}
