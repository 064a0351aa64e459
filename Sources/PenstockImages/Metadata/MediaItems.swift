/// Finds items in the `meta` box of an AVIF or HEIF file.
enum MediaItems {
    /// Where the first EXIF item's TIFF header starts, and where the item ends.
    static func exif(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Range<Int>? {
        guard let list = MediaBox.first("iinf", in: bytes, from: start, to: end),
            let places = MediaBox.first("iloc", in: bytes, from: start, to: end),
            let item = identifier(of: "Exif", bytes, in: list),
            var reader = MediaItemPlaces(bytes, in: places),
            let place = reader.place(of: item, bytes)
        else { return nil }
        // The item begins with how far behind its own four bytes the TIFF header is.
        guard place.count >= 4, let skipped = bytes.big32(at: place.lowerBound) else { return nil }
        let header = place.lowerBound + 4 + skipped
        return header < place.upperBound && place.upperBound <= bytes.count ? header..<place.upperBound : nil
    }

    /// The identifier of the first item of a type.
    private static func identifier(of type: StaticString, _ bytes: Span<UInt8>, in list: MediaBox) -> Int? {
        // Before the entries stand a version, flags and a count of two bytes, or four from version 1 on.
        var offset = list.start + (bytes.byte(at: list.start) == 0 ? 6 : 8)
        while let box = MediaBox(bytes, at: offset, before: list.end) {
            let isLong = bytes.byte(at: box.start) == 3
            let name = box.start + (isLong ? 10 : 8)
            if bytes.has("infe", at: offset + 4), name + 4 <= box.end, bytes.has(type, at: name) {
                return isLong ? bytes.big32(at: box.start + 4) : bytes.big16(at: box.start + 4)
            }
            offset = box.end
        }
        return nil
    }
}

/// Reads the `iloc` box, which says where each item's bytes are.
private struct MediaItemPlaces {
    private let version: UInt8
    private let widths: Int
    private var fields: FieldReader

    init?(_ bytes: Span<UInt8>, in box: MediaBox) {
        guard let version = bytes.byte(at: box.start), version < 3 else { return nil }
        guard let widths = bytes.big16(at: box.start + 4) else { return nil }
        self.version = version
        self.widths = widths
        fields = FieldReader(offset: box.start + 6, end: box.end)
    }

    /// Where an item's bytes are, if they lie in the file in one piece.
    mutating func place(of item: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
        guard let count = fields.next(version < 2 ? 2 : 4, bytes) else { return nil }
        for _ in 0..<count {
            guard let identifier = fields.next(version < 2 ? 2 : 4, bytes) else { return nil }
            let isWanted = identifier == item
            guard let place = next(bytes) else { return nil }
            if isWanted { return place.isEmpty ? nil : place }
        }
        return nil
    }

    /// The next item's place, which is empty where it lies anywhere else than in one piece of this file.
    private mutating func next(_ bytes: Span<UInt8>) -> Range<Int>? {
        guard let method = version == 0 ? 0 : fields.next(2, bytes), fields.next(2, bytes) != nil else { return nil }
        guard let base = fields.next(widths >> 4 & 15, bytes), let pieces = fields.next(2, bytes) else { return nil }
        let numberWidth = version == 0 ? 0 : widths & 15
        let (offsetWidth, lengthWidth) = (widths >> 12, widths >> 8 & 15)
        guard pieces == 1 else {
            fields.offset += pieces * (numberWidth + offsetWidth + lengthWidth)
            return 0..<0
        }
        guard fields.next(numberWidth, bytes) != nil, let offset = fields.next(offsetWidth, bytes) else { return nil }
        guard let length = fields.next(lengthWidth, bytes) else { return nil }
        return method & 15 == 0 ? base + offset..<base + offset + length : 0..<0
    }
}

/// Takes numbers of various widths one after another.
private struct FieldReader {
    var offset: Int
    let end: Int

    /// The next number of 0, 2, 4 or 8 bytes, high first; nil past the end, or where it is larger than any offset.
    mutating func next(_ width: Int, _ bytes: Span<UInt8>) -> Int? {
        defer { offset += width }
        guard offset + width <= end else { return nil }
        switch width {
        case 0: return 0
        case 2: return bytes.big16(at: offset)
        case 4: return bytes.big32(at: offset)
        case 8: return bytes.big32(at: offset) == 0 ? bytes.big32(at: offset + 4) : nil
        default: return nil
        }
    }
}
