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
        natural = Self.hasAlpha(bytes, extended, frame) ? .rgba : .rgb
        details = frame.map { bytes.has("VP8L", at: $0.chunk.offset) ? "lossless" : "lossy" } ?? ""
    }

    /// What the extended header says of opacity; without one, what lossless colours say themselves.
    private static func hasAlpha(_ bytes: Span<UInt8>, _ extended: WebPChunk?, _ frame: WebPFrame?) -> Bool {
        if let extended { return (bytes.byte(at: extended.start) ?? 0) & 0x10 != 0 }
        guard let chunk = frame?.chunk, bytes.has("VP8L", at: chunk.offset) else { return false }
        // The bit behind both edges.
        return (bytes.byte(at: chunk.start + 4) ?? 0) & 0x10 != 0
    }
}
