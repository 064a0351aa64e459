import PenstockCore

extension StillHeader {
    /// Walks a PNG's chunks: the size, the orientation, and whether every chunk up to the last is there and sound.
    ///
    /// Sums of the chunks that make pixels are checked here, since decoders differ in what they forgive.
    init(png bytes: Span<UInt8>) {
        self.init(width: bytes.big32(at: 16), height: bytes.big32(at: 20))
        details = Self.details(png: bytes)
        depth = bytes.byte(at: 24).map(Int.init)
        let color = bytes.byte(at: 25) ?? 2
        natural = color & 4 != 0 ? .rgba : color == 0 ? .gray : .rgb
        isWhole = false
        var offset = 8
        while let chunk = PNGChunk(bytes, at: offset), chunk.isWhole {
            if bytes.has("IEND", at: chunk.start - 4) {
                isWhole = true
                break
            }
            if bytes.has("eXIf", at: chunk.start - 4) {
                orientation = EXIF.orientation(bytes, from: chunk.start, to: chunk.end) ?? orientation
            } else if bytes.has("tRNS", at: chunk.start - 4), color != 0 || depth ?? 0 >= 8 {
                // FFmpeg reads no transparent level of grey of less than 8 bits.
                natural = .rgba
            } else if chunk.isCritical, !chunk.sumHolds(bytes) {
                damage = damage ?? "a checksum does not hold, at byte \(offset)"
            }
            offset = chunk.end + 4
        }
    }

    private static func details(png bytes: Span<UInt8>) -> String {
        guard let depth = bytes.byte(at: 24), let color = bytes.byte(at: 25) else { return "" }
        let names: [UInt8: String] = [0: "grey", 2: "RGB", 3: "palette", 4: "grey and alpha", 6: "RGB and alpha"]
        return "\(names[color] ?? "unknown colours"), \(depth) bits\(bytes.byte(at: 28) == 1 ? ", interlaced" : "")"
    }
}

/// One chunk of a PNG: a length, a name of four letters, the content, a sum.
struct PNGChunk {
    /// Where the content starts.
    let start: Int
    /// Where the content ends, by its length; this may lie beyond the file.
    let end: Int
    /// Whether the content and its sum are all there.
    let isWhole: Bool
    /// Whether a decoder must understand it.
    let isCritical: Bool

    init?(_ bytes: Span<UInt8>, at offset: Int) {
        guard let length = bytes.big32(at: offset), let letter = bytes.byte(at: offset + 4) else { return nil }
        start = offset + 8
        end = start + length
        isWhole = end + 4 <= bytes.count
        isCritical = letter & 0x20 == 0
    }

    /// Whether the sum at the end is that of the name and the content.
    func sumHolds(_ bytes: Span<UInt8>) -> Bool {
        bytes.big32(at: end) == Int(CyclicSum.of(bytes, from: start - 4, to: end))
    }
}
