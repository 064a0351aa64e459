import PenstockCore

/// Metadata as segments of a JPEG.
extension EncodedBytes {
    /// Adds the EXIF block and the colour profile; what does not fit in a JPEG is left out.
    func appendJPEGSegments(of metadata: PictureMetadata) throws(PenstockError) {
        if let exif = metadata.exif, exif.count <= JPEGSegment.mostEXIF {
            try appendSegment(0xE1, JPEGSegment.exif, exif[...])
        }
        guard let icc = metadata.icc, !icc.isEmpty else { return }
        let count = (icc.count + JPEGSegment.mostICC - 1) / JPEGSegment.mostICC
        // The parts are counted in a byte.
        guard let parts = UInt8(exactly: count) else { return }
        for part in 1...parts {
            let start = (Int(part) - 1) * JPEGSegment.mostICC
            let content = icc[start..<min(start + JPEGSegment.mostICC, icc.count)]
            try appendSegment(0xE2, JPEGSegment.icc + [part, parts], content)
        }
    }

    private func appendSegment(
        _ marker: UInt8,
        _ name: [UInt8],
        _ content: ArraySlice<UInt8>
    ) throws(PenstockError) {
        let length = UInt16(2 + name.count + content.count)
        try append([0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)])
        try append(name)
        try append(content)
    }
}

/// What names the segments of metadata, and what they hold.
private enum JPEGSegment {
    static let exif = Array("Exif\0\0".utf8)
    static let icc = Array("ICC_PROFILE\0".utf8)
    /// A segment holds 65533 bytes.
    static let mostEXIF = 65533 - 6
    static let mostICC = 65533 - 14
}
