import PenstockCore

/// One chunk of a WebP: a name of four letters, a length, the content, and a byte more if that is odd.
struct WebPChunk {
    /// Where the name stands.
    let offset: Int
    /// Where the content ends, by its length; this may lie beyond the file.
    let end: Int

    /// Where the content starts.
    var start: Int { offset + 8 }
    /// Where the next chunk starts.
    var next: Int { end + (end - offset) % 2 }

    /// The chunk at an offset, if its name and length are there.
    init?(_ bytes: Span<UInt8>, at offset: Int) {
        guard let length = bytes.little32(at: offset + 4) else { return nil }
        self.offset = offset
        end = offset + 8 + length
    }

    /// The first chunk of the given name from `start` up to `end`.
    static func first(named name: StaticString, in bytes: Span<UInt8>, from start: Int, to end: Int) -> WebPChunk? {
        var offset = start
        while offset + 8 <= end, let chunk = WebPChunk(bytes, at: offset) {
            if bytes.has(name, at: offset) { return chunk }
            offset = chunk.next
        }
        return nil
    }

    /// The canvas that an extended header announces: two edges of three bytes each, less one.
    func canvas(_ bytes: Span<UInt8>) -> ImageSize? {
        guard let width = bytes.little24(at: start + 4), let height = bytes.little24(at: start + 7) else { return nil }
        return ImageSize(width: width + 1, height: height + 1)
    }

    /// The size that a coded picture itself gives.
    func codedSize(_ bytes: Span<UInt8>) -> ImageSize? {
        if bytes.has("VP8 ", at: offset), let width = bytes.little16(at: start + 6) {
            return bytes.little16(at: start + 8).map { ImageSize(width: width & 0x3FFF, height: $0 & 0x3FFF) }
        }
        guard bytes.has("VP8L", at: offset), let bits = bytes.little32(at: start + 1) else { return nil }
        return ImageSize(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
    }
}
