extension PictureFormat {
    /// The format whose mark the bytes carry; nil when none does that needs no closer look.
    package init?(content bytes: Span<UInt8>) {
        let marks: [(at: Int, mark: StaticString, format: PictureFormat)] = [
            (4, "ftypavif", .avif), (4, "ftypavis", .avif), (4, "ftypheic", .heif), (4, "ftypheix", .heif),
            (4, "ftypmif1", .heif), (4, "ftypmsf1", .heif), (4, "ftyphevc", .heif),
            (4, "jP  \r\n", .jpeg2000), (4, "JXL \r\n", .jpegXL), (0, "GIF87a", .gif), (0, "GIF89a", .gif),
            (0, "qoif", .qoi), (0, "8BPS", .psd), (0, "II*\0", .tiff), (0, "MM\0*", .tiff),
        ]
        if bytes.starts(with: 0xFF, 0xD8, 0xFF) {
            self = .jpeg
        } else if bytes.starts(with: 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) {
            self = .png
        } else if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) {
            self = .webp
        } else if bytes.isBigTIFF {
            self = .tiff
        } else if bytes.isBitmap {
            self = .bmp
        } else if bytes.starts(with: 0xFF, 0x4F, 0xFF, 0x51) {
            self = .jpeg2000
        } else if bytes.starts(with: 0xFF, 0x0A) {
            self = .jpegXL
        } else if bytes.isPortableMap {
            self = .portableMap
        } else if let found = marks.first(where: { bytes.has($0.mark, at: $0.at) }) {
            self = found.format
        } else if bytes.has("TRUEVISION-XFILE.\0", at: bytes.count - 18) {
            self = .targa
        } else {
            return nil
        }
    }
}

extension Span<UInt8> {
    /// A bitmap's two letters prove little; the size of the header that follows must be a known one.
    fileprivate var isBitmap: Bool {
        has("BM", at: 0) && [12, 16, 40, 52, 56, 64, 108, 124].contains(little32(at: 14))
    }

    /// `P1` to `P7`, and then a blank or a comment.
    fileprivate var isPortableMap: Bool {
        guard let mark = byte(at: 0), let kind = byte(at: 1), let next = byte(at: 2) else { return false }
        return mark == UInt8(ascii: "P") && (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(kind)
            && [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "#")].contains(next)
    }
}
