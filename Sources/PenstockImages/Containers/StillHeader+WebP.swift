import PenstockCore

extension StillHeader {
    /// Finds the chunks of a WebP that matter: its canvas, its first picture, and what says how it is turned.
    init(webp bytes: Span<UInt8>) {
        self.init()
        let frame = WebPFrame(bytes)
        let extended = WebPChunk.first(named: "VP8X", in: bytes, from: 12, to: min(bytes.count, 30))
        size = extended.flatMap { $0.canvas(bytes) } ?? frame?.chunk.codedSize(bytes)
        margin = frame?.margin ?? (0, 0)
        // Later pictures and trailing metadata may be missing: the first picture does not need them.
        isWhole = size != nil && frame.map { $0.chunk.end <= bytes.count } ?? false
        if extended != nil, let block = WebPChunk.first(named: "EXIF", in: bytes, from: 12, to: bytes.count) {
            orientation = EXIF.orientation(bytes, from: block.start, to: block.end) ?? .upright
        }
        details = frame.map { bytes.has("VP8L", at: $0.chunk.offset) ? "lossless" : "lossy" } ?? ""
    }
}
