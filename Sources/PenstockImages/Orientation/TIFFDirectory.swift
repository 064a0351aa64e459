/// The first directory of a TIFF file, which is also what an EXIF block holds.
///
/// Only single numbers are read: all that a picture's size and orientation need.
struct TIFFDirectory {
    /// Numbers by their tags; the first of each tag.
    private(set) var numbers: [Int: Int] = [:]

    /// Reads the directory of the file that starts at `start` and ends before `end`; nil if there is none.
    init?(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        let file = bytes.extracting(start..<end)
        let bigEndian = file.has("MM\0*", at: 0)
        guard bigEndian || file.has("II*\0", at: 0) else { return nil }
        guard let first = bigEndian ? file.big32(at: 4) : file.little32(at: 4) else { return nil }
        guard let count = bigEndian ? file.big16(at: first) : file.little16(at: first) else { return nil }
        for index in 0..<count {
            guard let entry = Entry(file, at: first + 2 + 12 * index, bigEndian: bigEndian) else { break }
            if numbers[entry.tag] == nil { numbers[entry.tag] = entry.number }
        }
    }

    /// The orientation, or nil where none is given or the number means nothing.
    var orientation: Orientation? { numbers[0x0112].flatMap(Orientation.init(rawValue:)) }
}

/// One twelve-byte entry of a directory.
private struct Entry {
    let tag: Int
    let number: Int?

    init?(_ file: Span<UInt8>, at offset: Int, bigEndian: Bool) {
        guard let tag = bigEndian ? file.big16(at: offset) : file.little16(at: offset),
            let type = bigEndian ? file.big16(at: offset + 2) : file.little16(at: offset + 2),
            let count = bigEndian ? file.big32(at: offset + 4) : file.little32(at: offset + 4),
            file.byte(at: offset + 11) != nil
        else { return nil }
        self.tag = tag
        self.number = count == 0 ? nil : Self.number(file, at: offset + 8, type: type, count, bigEndian: bigEndian)
    }

    /// The first number of the entry: bytes, shorts and longs, in place or where the entry points.
    private static func number(_ file: Span<UInt8>, at field: Int, type: Int, _ count: Int, bigEndian: Bool) -> Int? {
        let widths = [1: 1, 3: 2, 4: 4]
        guard let width = widths[type] else { return nil }
        let pointed = bigEndian ? file.big32(at: field) : file.little32(at: field)
        guard let offset = width * count <= 4 ? field : pointed else { return nil }
        return switch width {
        case 1: file.byte(at: offset).map(Int.init)
        case 2: bigEndian ? file.big16(at: offset) : file.little16(at: offset)
        default: bigEndian ? file.big32(at: offset) : file.little32(at: offset)
        }
    }
}
