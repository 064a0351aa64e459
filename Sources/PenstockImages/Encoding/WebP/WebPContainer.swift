import PenstockCore

/// Puts a WebP as libwebp writes it, a bare picture, into a file that has room for a profile and EXIF.
struct WebPContainer {
    private let profile: [UInt8]?
    private let exif: [UInt8]?
    private let size: ImageSize

    /// Describes the file for some pixels, which are RGB in a WebP even where they are grey.
    init(_ metadata: PictureMetadata, _ pixels: PixelBuffer) {
        profile = metadata.profile(for: pixels.layout == .gray ? .rgb : pixels.layout)
        exif = metadata.exif
        size = pixels.size
    }

    /// Adds the file.
    func append(_ coded: UnsafeRawBufferPointer, to file: EncodedBytes) throws(PenstockError) {
        // What was coded stays where it is for the length of the call.
        guard profile != nil || exif != nil else { return try unsafe file.append(coded) }
        let start = file.count
        try file.append("RIFF")
        try file.appendZeros(4)
        try file.append("WEBP")
        // The span does not outlive the bytes.
        let bytes = unsafe coded.assumingMemoryBound(to: UInt8.self).span
        try appendHeader(hasAlpha: Self.hasAlpha(bytes), to: file)
        if let profile { try append("ICCP", profile, to: file) }
        // libwebp's own extended header is replaced by the one above.
        try unsafe file.append(UnsafeRawBufferPointer(rebasing: coded[Self.pictureStart(bytes)...]))
        if let exif { try append("EXIF", exif, to: file) }
        file.replace(at: start + 4, with: try Self.length(file.count - start - 8).littleBytes)
    }
}

extension WebPContainer {
    /// Where the first chunk starts.
    private static let fileHeaderBytes = 12

    private func appendHeader(hasAlpha: Bool, to file: EncodedBytes) throws(PenstockError) {
        let profileFlag: UInt32 = 0x20
        let alphaFlag: UInt32 = 0x10
        let exifFlag: UInt32 = 0x08
        var flags: UInt32 = 0
        if profile != nil { flags |= profileFlag }
        if hasAlpha { flags |= alphaFlag }
        if exif != nil { flags |= exifFlag }
        try file.append("VP8X")
        try file.appendLittle(UInt32(10))
        try file.appendLittle(flags)
        // The edges, less one, have three bytes each.
        try file.append(UInt32(size.width - 1).littleBytes.dropLast())
        try file.append(UInt32(size.height - 1).littleBytes.dropLast())
    }

    private func append(_ name: StaticString, _ content: [UInt8], to file: EncodedBytes) throws(PenstockError) {
        try file.append(name)
        try file.appendLittle(try Self.length(content.count))
        try file.append(content)
        try file.appendZeros(content.count % 2)
    }

    private static func length(_ count: Int) throws(PenstockError) -> UInt32 {
        guard let length = UInt32(exactly: count) else {
            let message = "The picture and its EXIF or profile do not fit in a WebP, which ends at 4 GB. Drop them."
            throw PenstockError(.tooLarge, at: .write, message)
        }
        return length
    }

    private static func pictureStart(_ bytes: Span<UInt8>) -> Int {
        guard bytes.has("VP8X", at: fileHeaderBytes) else { return fileHeaderBytes }
        return WebPChunk(bytes, at: fileHeaderBytes)?.next ?? fileHeaderBytes
    }

    /// Whether a picture has opacity: a chunk of its own tells where it is lossy, and a bit where it is not.
    private static func hasAlpha(_ bytes: Span<UInt8>) -> Bool {
        let start = pictureStart(bytes)
        if bytes.has("ALPH", at: start) { return true }
        let alphaBit = 28
        let bits = WebPChunk(bytes, at: start).flatMap { bytes.little32(at: $0.start + 1) } ?? 0
        return bytes.has("VP8L", at: start) && bits >> alphaBit & 1 == 1
    }
}
