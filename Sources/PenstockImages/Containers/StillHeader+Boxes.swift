import PenstockCore

extension StillHeader {
    /// Finds the properties of the picture in an AVIF or HEIF file: its extent, and how it is turned.
    ///
    /// Properties are taken to be those of the main picture; its largest extent is its own, and not a tile's or a
    /// thumbnail's.
    init(boxes bytes: Span<UInt8>) {
        self.init()
        guard let meta = MediaBox.first("meta", in: bytes, from: 0, to: bytes.count),
            // Unlike other boxes, this one starts with four bytes of version and flags.
            let properties = MediaBox.first("iprp", in: bytes, from: meta.start + 4, to: meta.end),
            let list = MediaBox.first("ipco", in: bytes, from: properties.start, to: properties.end)
        else { return }
        var (turns, mirror): (UInt8, UInt8?) = (0, nil)
        var offset = list.start
        while let box = MediaBox(bytes, at: offset, before: list.end) {
            if bytes.has("ispe", at: offset + 4) {
                size = Self.larger(size, bytes.big32(at: box.start + 4), bytes.big32(at: box.start + 8))
                natural = .rgb
            } else if bytes.has("pixi", at: offset + 4) {
                depth = depth ?? bytes.byte(at: box.start + 5).map(Int.init)
            } else if bytes.has("irot", at: offset + 4) {
                turns = bytes.byte(at: box.start) ?? 0
            } else if bytes.has("imir", at: offset + 4) {
                mirror = bytes.byte(at: box.start)
            }
            offset = box.end
        }
        orientation = Orientation(quarterTurnsLeft: turns & 3, mirror: mirror.map { $0 & 1 })
    }

    private static func larger(_ size: ImageSize?, _ width: Int?, _ height: Int?) -> ImageSize? {
        // Edges are 32-bit numbers, so that their sum cannot overflow as their product might.
        guard let width, let height, width + height > (size?.width ?? 0) + (size?.height ?? 0) else { return size }
        return ImageSize(width: width, height: height)
    }
}

extension Orientation {
    /// Quarter turns to the left, and then a mirror: 1 exchanges left and right, 0 top and bottom.
    fileprivate init(quarterTurnsLeft turns: UInt8, mirror: UInt8?) {
        let table: [[Orientation]] = [
            [.upright, .flipped, .mirrored],
            [.threeQuarterTurn, .transposed, .transversed],
            [.halfTurn, .mirrored, .flipped],
            [.quarterTurn, .transversed, .transposed],
        ]
        self = table[Int(turns)][mirror.map { Int($0) + 1 } ?? 0]
    }
}

/// One box of a file in the manner of MP4: a length, a name of four letters, the content.
struct MediaBox {
    /// Where the content starts.
    let start: Int
    /// Where the content ends.
    let end: Int

    /// The box at an offset, if it ends within its parent.
    init?(_ bytes: Span<UInt8>, at offset: Int, before limit: Int) {
        guard let length = bytes.big32(at: offset), length >= 8, offset + length <= min(limit, bytes.count) else {
            return nil
        }
        start = offset + 8
        end = offset + length
    }

    /// The first box of the given name from `start` up to `end`.
    static func first(_ name: StaticString, in bytes: Span<UInt8>, from start: Int, to end: Int) -> MediaBox? {
        var offset = start
        while let box = MediaBox(bytes, at: offset, before: end) {
            if bytes.has(name, at: offset + 4) { return box }
            offset = box.end
        }
        return nil
    }
}
