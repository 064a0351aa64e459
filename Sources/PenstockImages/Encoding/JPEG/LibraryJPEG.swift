import CTurboJPEG
import PenstockCore

/// JPEGs as libjpeg-turbo itself writes them.
enum LibraryJPEG {
    /// Encodes a picture behind whatever `bytes` holds, with whole segments of metadata.
    static func encode(
        _ pixels: PixelBuffer,
        _ encoding: JPEGEncoding,
        behind segments: EncodedBytes,
        into bytes: EncodedBytes
    ) throws(PenstockError) {
        let (status, message) = unsafe pixels.bytes.span.withUnsafeBufferPointer { samples in
            var picture = unsafe penstock_jpeg_picture(
                pixels,
                at: samples.baseAddress,
                encoding,
                segments: segments.bytes
            )
            return unsafe run(&picture, into: bytes)
        }
        switch status {
        case PENSTOCK_JPEG_OK: return
        case PENSTOCK_JPEG_NO_MEMORY:
            let size = "a picture of \(pixels.size) pixels"
            let message = "There is no memory to write \(size) as JPEG. Lower --workers, or use --resize."
            throw PenstockError(.tooLarge, at: .write, message)
        default:
            throw PenstockError(
                .unsupported,
                at: .write,
                "The JPEG cannot be written: libjpeg says “\(message)”. Write PNG."
            )
        }
    }

    /// The library's status, and its message.
    private static func run(
        _ picture: inout penstock_jpeg_picture,
        into bytes: EncodedBytes
    ) -> (penstock_jpeg_status, String) {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PENSTOCK_JPEG_MESSAGE_BYTES)) { message in
            // `bytes` outlives the call; the library ends its message with a zero, and fills in an empty one first.
            let owner = unsafe Unmanaged.passUnretained(bytes).toOpaque()
            let status = unsafe penstock_jpeg_encode(&picture, giveRoom, owner, message.baseAddress)
            return unsafe (status, String(cString: message.baseAddress!))
        }
    }
}

/// The room that the library is given at a time.
private let roomBytes = 64 << 10

/// Counts what the library has written into the bytes that own the room, and gives it more.
private func giveRoom(
    _ owner: UnsafeMutableRawPointer?,
    _ written: Int,
    _ room: UnsafeMutablePointer<Int>?
) -> UnsafeMutablePointer<UInt8>? {
    // Both come from `run` and from the library, which waits for this call to return.
    let bytes = unsafe Unmanaged<EncodedBytes>.fromOpaque(owner!).takeUnretainedValue()
    bytes.advance(written)
    unsafe room?.pointee = roomBytes
    return try? unsafe bytes.reserve(roomBytes).assumingMemoryBound(to: UInt8.self)
}
