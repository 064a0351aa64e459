/// The first picture of a WebP, still or animated.
struct WebPFrame {
    /// The chunk that holds the coded colours; its alpha, if any, is in another.
    let chunk: WebPChunk
    /// The chunk that holds the opacity of lossy colours.
    private(set) var alpha: WebPChunk?
    /// How far from the canvas's corner it belongs.
    private(set) var margin = (left: 0, top: 0)

    init?(_ bytes: Span<UInt8>) {
        var (start, end) = (12, bytes.count)
        if let frame = WebPChunk.first(named: "ANMF", in: bytes, from: start, to: end) {
            guard let left = bytes.little24(at: frame.start), let top = bytes.little24(at: frame.start + 3) else {
                return nil
            }
            // Offsets are kept halved; two edges, a duration and flags follow them.
            margin = (left * 2, top * 2)
            (start, end) = (frame.start + 16, min(frame.end, bytes.count))
        }
        let coded =
            WebPChunk.first(named: "VP8 ", in: bytes, from: start, to: end)
            ?? WebPChunk.first(named: "VP8L", in: bytes, from: start, to: end)
        guard let coded else { return nil }
        chunk = coded
        alpha = WebPChunk.first(named: "ALPH", in: bytes, from: start, to: coded.offset)
    }
}
