/// Walks the segments that come before a JPEG's pixels.
enum JPEGMarkers {
    /// The orientation that the EXIF block gives, or else the XMP packet; upright when neither does.
    static func orientation(_ bytes: Span<UInt8>) -> Orientation {
        var exif: Orientation?
        var xmp: Orientation?
        forEachSegment(of: bytes) { marker, start, end in
            guard marker == 0xE1 else { return true }
            if bytes.has("Exif\0\0", at: start) {
                exif = EXIF.orientation(bytes, from: start, to: end)
            } else if bytes.has("http://ns.adobe.com/xap/1.0/\0", at: start) {
                xmp = EXIF.orientationInXMP(bytes, from: start, to: end)
            }
            return exif == nil
        }
        return exif ?? xmp ?? .upright
    }

    /// Calls `body` with each segment's marker and the extent of its content until it returns false, or pixels come.
    static func forEachSegment(of bytes: Span<UInt8>, _ body: (UInt8, Int, Int) -> Bool) {
        var offset = 2
        while let mark = bytes.byte(at: offset), let marker = bytes.byte(at: offset + 1) {
            // Between segments stray bytes and repeated 0xFF are skipped, as decoders do.
            guard mark == 0xFF, marker != 0xFF, marker != 0 else {
                offset += 1
                continue
            }
            if marker == 0xDA || marker == 0xD9 { return }
            guard let length = bytes.big16(at: offset + 2), length >= 2 else { return }
            guard body(marker, offset + 4, min(offset + 2 + length, bytes.count)) else { return }
            offset += 2 + length
        }
    }
}
