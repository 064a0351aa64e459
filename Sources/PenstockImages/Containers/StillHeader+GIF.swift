import PenstockCore

extension StillHeader {
    /// Looks at a GIF as far as its first picture.
    init(gif bytes: Span<UInt8>) {
        self.init(width: bytes.little16(at: 6), height: bytes.little16(at: 8))
        let blocks = GIFBlocks(bytes)
        isWhole = blocks.firstPictureIsWhole
        natural = (blocks.controlFlags.flatMap { bytes.byte(at: $0) } ?? 0) & 1 == 1 ? .rgba : .rgb
        details = "first picture"
    }
}

/// The blocks of a GIF up to the end of its first picture.
struct GIFBlocks {
    /// Where the first picture's graphic control keeps its flags, if it has one.
    private(set) var controlFlags: Int?
    /// Whether the first picture ends with its closing block.
    private(set) var firstPictureIsWhole = false

    init(_ bytes: Span<UInt8>) {
        guard let flags = bytes.byte(at: 10) else { return }
        var offset = 13 + Self.tableBytes(flags)
        while let block = bytes.byte(at: offset) {
            switch block {
            case 0x21:
                if bytes.byte(at: offset + 1) == 0xF9 { controlFlags = offset + 3 }
                guard let next = Self.endOfSubBlocks(bytes, from: offset + 2) else { return }
                offset = next
            case 0x2C:
                guard let local = bytes.byte(at: offset + 9) else { return }
                firstPictureIsWhole = Self.endOfSubBlocks(bytes, from: offset + 11 + Self.tableBytes(local)) != nil
                return
            default:
                // Neither an extension nor a picture: there is no picture to come.
                return
            }
        }
    }

    /// The bytes of the colour table that these flags announce.
    private static func tableBytes(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
    }

    /// Where a chain of sub-blocks ends, after the empty one that closes it.
    private static func endOfSubBlocks(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var offset = start
        while let length = bytes.byte(at: offset) {
            offset += 1 + Int(length)
            if length == 0 { return offset }
        }
        return nil
    }
}
