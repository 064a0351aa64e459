internal import Libwebp
import PenstockCore

/// Writes WebPs through libwebp, one after another, with memory that it keeps. One thread uses it.
@safe final class WebPEncoder {
    /// libwebp's middle course between speed and size.
    private static let method: Int32 = 4

    private let spread = GrowableBuffer()
    /// What libwebp writes into; it grows, and is used again.
    private let output: UnsafeMutablePointer<WebPMemoryWriter>

    init() {
        unsafe output = .allocate(capacity: 1)
        // The memory is there, and the call fills it.
        unsafe WebPMemoryWriterInit(output)
    }

    deinit {
        // Nobody else has the writer or what it holds.
        unsafe WebPMemoryWriterClear(output)
        unsafe output.deallocate()
    }

    /// Adds a picture to a file.
    func encode(
        _ pixels: PixelBuffer,
        _ encoding: WebPEncoding,
        _ metadata: PictureMetadata,
        into file: EncodedBytes
    ) throws(PenstockError) {
        try Self.check(pixels.size)
        var configuration = try Self.configuration(encoding)
        try code(pixels, &configuration)
        // libwebp has written so many bytes there, and they stay until the next picture.
        let coded = unsafe UnsafeRawBufferPointer(start: output.pointee.mem, count: output.pointee.size)
        try unsafe WebPContainer(metadata, pixels).append(coded, to: file)
        trim()
    }

    /// Refuses what a WebP cannot say.
    static func check(_ size: ImageSize) throws(PenstockError) {
        let longestEdge = Int(WEBP_MAX_DIMENSION)
        guard max(size.width, size.height) > longestEdge else { return }
        let message = "A picture of \(size) cannot be a WebP, whose edges end at \(longestEdge) pixels. "
        throw PenstockError(.tooLarge, at: .write, message + "Write another format, or make it smaller.")
    }
}

extension WebPEncoder {
    /// Refuses a quality that does not exist.
    static func check(_ encoding: WebPEncoding) throws(PenstockError) {
        let qualities = 1...100
        guard !qualities.contains(encoding.quality) else { return }
        let message = "A WebP cannot have the quality \(encoding.quality): qualities go from 1 to 100."
        throw PenstockError(.invalidConfiguration, at: .write, message)
    }

    private static func configuration(_ encoding: WebPEncoding) throws(PenstockError) -> WebPConfig {
        try check(encoding)
        var configuration = WebPConfig()
        // The call fills in the defaults; it fails only where headers and library are of different ages.
        guard unsafe WebPConfigInit(&configuration) != 0 else { throw failed("libwebp is of another version") }
        configuration.quality = Float(encoding.quality)
        configuration.method = method
        configuration.lossless = encoding.isLossless ? 1 : 0
        // Without this, the colours of transparent pixels are lost.
        configuration.exact = encoding.isLossless ? 1 : 0
        return configuration
    }

    /// Lets libwebp code the picture into `output`.
    private func code(_ pixels: PixelBuffer, _ configuration: inout WebPConfig) throws(PenstockError) {
        var picture = unsafe WebPPicture()
        // As for the configuration.
        guard unsafe WebPPictureInit(&picture) != 0 else { throw Self.failed("libwebp is of another version") }
        // What importing allocates is freed, whatever happens.
        defer { unsafe WebPPictureFree(&picture) }
        unsafe picture.use_argb = configuration.lossless
        unsafe picture.width = Int32(pixels.size.width)
        unsafe picture.height = Int32(pixels.size.height)
        unsafe picture.writer = WebPMemoryWrite
        unsafe picture.custom_ptr = UnsafeMutableRawPointer(output)
        unsafe output.pointee.size = 0
        guard try unsafe load(pixels, into: &picture), unsafe WebPEncode(&configuration, &picture) != 0 else {
            throw unsafe Self.failed(picture.error_code)
        }
    }

    /// Gives libwebp the pixels, grey ones as colours; false where it lacks the memory for its copy.
    private func load(_ pixels: PixelBuffer, into picture: inout WebPPicture) throws(PenstockError) -> Bool {
        let memory = try unsafe pixels.layout == .gray ? spread.reserve(3 * pixels.bytes.count) : nil
        // The pixels stay where they are for the length of the call, and libwebp copies them.
        return unsafe pixels.bytes.span.withUnsafeBufferPointer { bytes in
            let rowBytes = Int32(pixels.rowBytes)
            switch pixels.layout {
            case .rgb: return unsafe WebPPictureImportRGB(&picture, bytes.baseAddress, rowBytes) != 0
            case .rgba: return unsafe WebPPictureImportRGBA(&picture, bytes.baseAddress, rowBytes) != 0
            case .gray:
                // There is room for three samples for each.
                let colors = unsafe memory!.assumingMemoryBound(to: UInt8.self)
                for index in 0..<bytes.count {
                    let level = unsafe bytes[index]
                    unsafe colors[3 * index] = level
                    unsafe colors[3 * index + 1] = level
                    unsafe colors[3 * index + 2] = level
                }
                return unsafe WebPPictureImportRGB(&picture, colors, 3 * rowBytes) != 0
            }
        }
    }

    /// Gives back memory that one huge picture grew.
    private func trim() {
        spread.trim()
        guard unsafe output.pointee.max_size > GrowableBuffer.keptBytes else { return }
        // The bytes have been copied; clearing leaves an empty writer.
        unsafe WebPMemoryWriterClear(output)
    }
}

extension WebPEncoder {
    private static func failed(_ reason: String, _ code: WebPEncodingError? = nil) -> PenstockError {
        let message = "The picture could not be written as WebP: \(reason). Write another format."
        return PenstockError(.inputOutput, at: .write, message, status: code.map { Int32($0.rawValue) })
    }

    private static func failed(_ code: WebPEncodingError) -> PenstockError {
        switch code {
        case VP8_ENC_ERROR_OUT_OF_MEMORY, VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY:
            let message = "There is no memory to write the picture as WebP. Make it smaller, or lower --workers."
            return PenstockError(.tooLarge, at: .write, message, status: Int32(code.rawValue))
        case VP8_ENC_ERROR_PARTITION0_OVERFLOW, VP8_ENC_ERROR_PARTITION_OVERFLOW, VP8_ENC_ERROR_FILE_TOO_BIG:
            return failed("it holds more detail than the format has room for at this quality", code)
        default:
            return failed("libwebp gave the error \(code.rawValue)", code)
        }
    }
}
