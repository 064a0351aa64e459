/// The blocks of metadata in a file, as they stand there.
struct FoundMetadata {
    /// The EXIF block, without the `Exif` mark that some formats put before it.
    private(set) var exif: [UInt8]?
    /// The profile.
    private(set) var icc: [UInt8]?

    /// Looks into a file of a known format.
    init(_ bytes: Span<UInt8>, _ format: PictureFormat) {
        switch format {
        case .jpeg: take(jpeg: bytes)
        case .png: take(png: bytes)
        case .webp: take(webp: bytes)
        case .tiff: take(tiff: bytes)
        case .avif, .heif: take(boxes: bytes)
        default: break
        }
    }

    /// Takes the first EXIF block.
    private mutating func takeEXIF(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        let start = bytes.has("Exif\0\0", at: start) ? start + 6 : start
        guard exif == nil, end - start <= EXIFBlock.mostBytes else { return }
        exif = bytes.copy(from: start, to: end)
    }

    /// Takes the first profile.
    private mutating func takeProfile(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard icc == nil, end - start <= ColorProfile.mostBytes else { return }
        icc = bytes.copy(from: start, to: end)
    }
}

extension FoundMetadata {
    private mutating func take(jpeg bytes: Span<UInt8>) {
        var parts = JPEGProfileParts()
        var block: (start: Int, end: Int)?
        JPEGMarkers.forEachSegment(of: bytes) { marker, start, end in
            if marker == 0xE1, block == nil, bytes.has("Exif\0\0", at: start) { block = (start, end) }
            if marker == 0xE2 { parts.take(bytes, from: start, to: end) }
            return true
        }
        if let block { takeEXIF(bytes, from: block.start, to: block.end) }
        icc = parts.profile(bytes)
    }

    private mutating func take(png bytes: Span<UInt8>) {
        var offset = 8
        while let chunk = PNGChunk(bytes, at: offset), chunk.isWhole {
            let name = chunk.start - 4
            if bytes.has("eXIf", at: name), chunk.sumHolds(bytes) {
                takeEXIF(bytes, from: chunk.start, to: chunk.end)
            } else if icc == nil, bytes.has("iCCP", at: name), chunk.sumHolds(bytes) {
                icc = InflatedProfile.read(bytes, from: chunk.start, to: chunk.end)
            }
            offset = chunk.end + 4
        }
    }

    private mutating func take(webp bytes: Span<UInt8>) {
        guard WebPChunk.first(named: "VP8X", in: bytes, from: 12, to: min(bytes.count, 30)) != nil else { return }
        if let chunk = WebPChunk.first(named: "EXIF", in: bytes, from: 12, to: bytes.count) {
            takeEXIF(bytes, from: chunk.start, to: chunk.end)
        }
        if let chunk = WebPChunk.first(named: "ICCP", in: bytes, from: 12, to: bytes.count) {
            takeProfile(bytes, from: chunk.start, to: chunk.end)
        }
    }

    /// The directory of a TIFF is about the file as much as about the picture, so only the profile is taken from it.
    private mutating func take(tiff bytes: Span<UInt8>) {
        let isBigEndian = bytes.has("MM\0*", at: 0)
        guard isBigEndian || bytes.has("II*\0", at: 0) else { return }
        let order = TIFFOrder(isBigEndian: isBigEndian)
        guard let directory = order.number32(bytes, at: 4), let count = order.number16(bytes, at: directory) else {
            return
        }
        for index in 0..<count {
            let entry = directory + 2 + 12 * index
            guard let tag = order.number16(bytes, at: entry) else { return }
            guard tag == 34_675, let length = order.number32(bytes, at: entry + 4) else { continue }
            guard let start = order.number32(bytes, at: entry + 8) else { return }
            return takeProfile(bytes, from: start, to: start + length)
        }
    }

    private mutating func take(boxes bytes: Span<UInt8>) {
        guard let meta = MediaBox.first("meta", in: bytes, from: 0, to: bytes.count) else { return }
        // Unlike other boxes, this one starts with four bytes of version and flags.
        let start = meta.start + 4
        if let place = MediaItems.exif(bytes, from: start, to: meta.end) {
            takeEXIF(bytes, from: place.lowerBound, to: place.upperBound)
        }
        guard let properties = MediaBox.first("iprp", in: bytes, from: start, to: meta.end),
            let list = MediaBox.first("ipco", in: bytes, from: properties.start, to: properties.end)
        else { return }
        var offset = list.start
        while let box = MediaBox(bytes, at: offset, before: list.end) {
            let isProfile = bytes.has("prof", at: box.start) || bytes.has("rICC", at: box.start)
            if bytes.has("colr", at: offset + 4), isProfile { takeProfile(bytes, from: box.start + 4, to: box.end) }
            offset = box.end
        }
    }
}
