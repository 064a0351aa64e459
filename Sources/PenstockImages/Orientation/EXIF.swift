/// Finds the orientation in blocks of metadata, as cameras and editors leave them.
enum EXIF {
    /// The orientation in an EXIF block, with or without its `Exif` mark.
    static func orientation(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Orientation? {
        let end = min(end, bytes.count)
        guard start >= 0, start < end else { return nil }
        let marked = bytes.has("Exif\0\0", at: start)
        return TIFFDirectory(bytes, from: marked ? min(start + 6, end) : start, to: end)?.orientation
    }

    /// The orientation in an XMP packet, which some editors write alone.
    static func orientationInXMP(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Orientation? {
        guard let name = bytes.firstOffset(of: "tiff:Orientation", from: start, to: end) else { return nil }
        let value = name + "tiff:Orientation".utf8.count
        let attribute = bytes.has("=\"", at: value)
        guard attribute || bytes.has(">", at: value) else { return nil }
        let digit = bytes.byte(at: value + (attribute ? 2 : 1)).map { Int($0) - 0x30 }
        return digit.flatMap(Orientation.init(rawValue:))
    }
}
