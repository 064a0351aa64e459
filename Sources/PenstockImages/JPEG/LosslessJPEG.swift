internal import CTurboJPEG
package import PenstockCore

/// Turns, mirrors, crops and greys JPEGs without decoding them: the blocks move, and no pixel is lost.
///
/// Each worker owns one and keeps it for life.
@safe package final class LosslessJPEG {
    private let handle: OpaquePointer

    package init() {
        guard let handle = unsafe penstock_jpeg_transformer_create() else {
            fatalError("there is no memory for a JPEG transformer")
        }
        unsafe self.handle = handle
    }

    deinit {
        // The handle came from `penstock_jpeg_transformer_create`, and nobody else has it.
        unsafe penstock_jpeg_transformer_destroy(handle)
    }

    /// Stands a JPEG upright, carries the operations out in one step, and adds the new file to `bytes`.
    ///
    /// - Returns: The new size.
    /// - Throws: Where an operation would lose something, or the file is damaged in any way.
    package func transform(
        _ file: UnsafeRawBufferPointer,
        _ operations: [PixelOperation],
        metadata choice: MetadataChoice,
        progressive: Bool,
        optimized: Bool,
        maxPixels: Int,
        into bytes: EncodedBytes
    ) throws(PenstockError) -> ImageSize {
        // `file` outlives this call, and closing makes the library forget it.
        defer { unsafe penstock_jpeg_transformer_close(handle) }
        let blocks = try unsafe open(file)
        try ImageSize(width: Int(blocks.width), height: Int(blocks.height)).check(.jpeg, limit: maxPixels)
        let plan = try unsafe LosslessPlan(blocks, orientation(of: file), operations)
        var metadata = unsafe PictureMetadata(of: file, format: .jpeg, keeping: choice)
        if plan.keepsLumaAlone { metadata = metadata.fitting(.gray) }
        metadata.describe(plan.size)
        var request = plan.request
        request.progressive = progressive
        request.optimized = optimized
        request.scan_limit = JPEGDecoder.scanLimit(Int(blocks.width) * Int(blocks.height))
        try run(request, metadata, file.count)
        try copyOut(to: bytes)
        return plan.size
    }

    /// Refuses what loses something whatever the picture.
    package static func check(_ operations: [PixelOperation]) throws(PenstockError) {
        for (step, operation) in operations.enumerated() where !operation.canBeLossless {
            throw .lossy(step + 1, operation)
        }
    }
}

extension LosslessJPEG {
    private func orientation(of file: UnsafeRawBufferPointer) -> Orientation {
        // The span does not outlive `file`.
        unsafe JPEGMarkers.orientation(file.assumingMemoryBound(to: UInt8.self).span)
    }

    private func open(_ file: UnsafeRawBufferPointer) throws(PenstockError) -> penstock_jpeg_blocks {
        guard file.count > 0 else { throw .empty }
        var blocks = penstock_jpeg_blocks()
        let bytes = unsafe file.assumingMemoryBound(to: UInt8.self)
        // The bytes stay readable until the caller closes; `blocks` is a local that the call fills in.
        let status = unsafe penstock_jpeg_transformer_open(handle, bytes.baseAddress, bytes.count, &blocks)
        try check(status, file.count)
        return blocks
    }

    private func run(
        _ request: penstock_jpeg_transform,
        _ metadata: PictureMetadata,
        _ count: Int
    ) throws(PenstockError) {
        let exif = metadata.exif.map { Array("Exif\0\0".utf8) + $0 } ?? []
        let status = unsafe exif.withUnsafeBufferPointer { exif in
            unsafe (metadata.icc ?? []).withUnsafeBufferPointer { profile in
                var segments = unsafe penstock_jpeg_segments(
                    exif: exif.baseAddress,
                    exif_count: exif.count,
                    profile: profile.baseAddress,
                    profile_count: profile.count
                )
                // The arrays and the two structures outlive the call, which keeps none of them.
                return unsafe withUnsafePointer(to: request) {
                    unsafe penstock_jpeg_transformer_run(handle, $0, &segments)
                }
            }
        }
        try check(status, count)
    }

    private func copyOut(to bytes: EncodedBytes) throws(PenstockError) {
        var count = 0
        // The transformer keeps its bytes until it is closed, which comes after this.
        guard let made = unsafe penstock_jpeg_transformer_bytes(handle, &count) else { return }
        try unsafe bytes.reserve(count).copyMemory(from: made, byteCount: count)
        bytes.advance(count)
    }

    private func check(_ status: penstock_jpeg_status, _ count: Int) throws(PenstockError) {
        // The message is a NUL-terminated field of the transformer, which is alive.
        let message = unsafe String(cString: penstock_jpeg_transformer_message(handle))
        switch status {
        case PENSTOCK_JPEG_OK: return
        case PENSTOCK_JPEG_TRUNCATED:
            throw .lossless(
                "The JPEG is cut short after \(count) bytes, and would stay so. Copy or download it again, or leave "
                    + "--lossless out and take what there is with --allow-truncated."
            )
        case PENSTOCK_JPEG_UNSUPPORTED: throw .unsupported(.jpeg, message)
        case PENSTOCK_JPEG_TOO_MANY_SCANS: throw .tooManyScans
        case PENSTOCK_JPEG_NO_MEMORY:
            throw PenstockError(.tooLarge, at: .decode, "There is no memory for the JPEG. Lower --max-pixels.")
        default:
            throw .lossless(
                "The JPEG's data are not quite sound (\(message)), and what is wrong would be copied. Leave --lossless out: "
                    + "what can be read of it is then written anew."
            )
        }
    }
}
