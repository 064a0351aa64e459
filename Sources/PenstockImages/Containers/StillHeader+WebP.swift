import PenstockCore

extension StillHeader {
    /// Walks a WebP's chunks.
    init(webp bytes: Span<UInt8>) {
        self.init()
        isWhole = bytes.little32(at: 4).map { $0 + 8 <= bytes.count } ?? false
        for chunk in WebPChunk.chunks(in: bytes, from: 12, to: bytes.count) {
            if bytes.has("VP8X", at: chunk.offset) {
                size = chunk.canvas(bytes, at: chunk.start + 4)
                details = (bytes.byte(at: chunk.start) ?? 0) & 0x02 != 0 ? "animated" : ""
            } else if bytes.has("EXIF", at: chunk.offset) {
                orientation = EXIF.orientation(bytes, from: chunk.start, to: chunk.end) ?? orientation
            } else if let coded = chunk.codedSize(bytes) {
                size = size ?? coded
                details = details.isEmpty ? (bytes.has("VP8L", at: chunk.offset) ? "lossless" : "lossy") : details
            }
        }
        if let frame = WebPFrame(bytes) {
            margin = frame.margin
            isWhole = isWhole || frame.chunk.end <= bytes.count
        }
        if size == nil { isWhole = false }
    }
}

/// One chunk of a WebP: a name of four letters, a length, the content, and a byte more if that is odd.
struct WebPChunk {
    /// Where the name stands.
    let offset: Int
    /// Where the content ends, by its length; this may lie beyond the file.
    let end: Int

    /// Where the content starts.
    var start: Int { offset + 8 }

    /// The chunks from `start` up to `end`; the last may be cut short.
    static func chunks(in bytes: Span<UInt8>, from start: Int, to end: Int) -> [WebPChunk] {
        var found: [WebPChunk] = []
        var offset = start
        while offset + 8 <= end, let length = bytes.little32(at: offset + 4) {
            found.append(WebPChunk(offset: offset, end: offset + 8 + length))
            offset += 8 + length + length % 2
        }
        return found
    }

    /// The chunk of the given name, or nil.
    static func first(named name: StaticString, in bytes: Span<UInt8>, from start: Int, to end: Int) -> WebPChunk? {
        chunks(in: bytes, from: start, to: end).first { bytes.has(name, at: $0.offset) }
    }

    /// Two edges of three bytes each, less one.
    func canvas(_ bytes: Span<UInt8>, at offset: Int) -> ImageSize? {
        guard let width = bytes.little24(at: offset), let height = bytes.little24(at: offset + 3) else { return nil }
        return ImageSize(width: width + 1, height: height + 1)
    }

    /// The size that the coded picture itself gives, where this chunk holds one.
    func codedSize(_ bytes: Span<UInt8>) -> ImageSize? {
        if bytes.has("VP8 ", at: offset), let width = bytes.little16(at: start + 6) {
            return bytes.little16(at: start + 8).map { ImageSize(width: width & 0x3FFF, height: $0 & 0x3FFF) }
        }
        guard bytes.has("VP8L", at: offset), let bits = bytes.little32(at: start + 1) else { return nil }
        return ImageSize(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
    }
}
