import CPenstockKernels
import PenstockCore

/// Writes JPEGs, byte for byte as libjpeg-turbo writes them: plain ones by kernels, the others by the library itself.
@safe final class JPEGEncoder {
    private let memory = GrowableBuffer()
    private let segments = EncodedBytes()
    private let kernels: UnsafePointer<penstock_kernels>
    /// Plain C is only the kernels' reference: the library is faster.
    private let hasFastKernels: Bool

    init(_ variant: KernelVariant = .fastest) {
        // The tables are static memory.
        guard let kernels = unsafe variant.table else { preconditionFailure("this processor lacks the kernels") }
        unsafe self.kernels = kernels
        hasFastKernels = variant != .scalar
    }

    /// Encodes a picture behind whatever `bytes` holds.
    ///
    /// - Throws: Where the picture is too long for a JPEG or holds nothing, or memory is short.
    func encode(
        _ pixels: PixelBuffer,
        _ encoding: JPEGEncoding,
        _ metadata: PictureMetadata,
        into bytes: EncodedBytes
    ) throws(PenstockError) {
        try pixels.size.checkForJPEG()
        if hasFastKernels, !encoding.isProgressive, !encoding.isOptimized {
            try encodeByKernels(pixels, encoding, metadata, into: bytes)
        } else {
            segments.removeAll()
            try segments.appendJPEGSegments(of: metadata)
            try LibraryJPEG.encode(pixels, encoding, behind: segments, into: bytes)
        }
    }

    /// The same by this variant of the kernels, be it slower than the library.
    func encodeByKernels(
        _ pixels: PixelBuffer,
        _ encoding: JPEGEncoding,
        _ metadata: PictureMetadata,
        into bytes: EncodedBytes
    ) throws(PenstockError) {
        var form = penstock_jpeg_form(pixels, encoding)
        let encoder = try unsafe OpaquePointer(memory.reserve(penstock_jpeg_encoder_bytes()))
        // The memory holds an encoder, `GrowableBuffer` aligns it, and nobody else uses it during this call.
        unsafe penstock_jpeg_begin(encoder, kernels, &form)
        let markers = Int(PENSTOCK_JPEG_MARKER_BYTES)
        try unsafe bytes.put(atMost: markers) { room in unsafe penstock_jpeg_write_start(encoder, room) }
        try bytes.appendJPEGSegments(of: metadata)
        try unsafe bytes.put(atMost: markers) { room in unsafe penstock_jpeg_write_tables(encoder, room) }
        try unsafe write(pixels, by: encoder, into: bytes)
        try unsafe bytes.put(atMost: markers) { room in unsafe penstock_jpeg_write_end(encoder, room) }
    }

    private func write(
        _ pixels: PixelBuffer,
        by encoder: OpaquePointer,
        into bytes: EncodedBytes
    ) throws(PenstockError) {
        let (height, stride) = (pixels.size.height, pixels.rowBytes)
        let rows = Int(unsafe penstock_jpeg_unit_rows(encoder))
        let bound = unsafe penstock_jpeg_rows_bound(encoder)
        let samples = pixels.bytes.span
        for first in Swift.stride(from: 0, to: height, by: rows) {
            let count = min(rows, height - first)
            let part = samples.extracting(first * stride..<(first + count) * stride)
            // The encoder reads the `count` rows of `part`, and writes at most `bound` bytes.
            try unsafe part.withUnsafeBufferPointer { (part) throws(PenstockError) in
                try unsafe bytes.put(atMost: bound) { room in
                    unsafe penstock_jpeg_write_rows(encoder, part.baseAddress, stride, Int32(count), room)
                }
            }
        }
    }
}

extension EncodedBytes {
    /// Counts what `write` says that it has written, where there was room for `most` bytes.
    fileprivate func put(
        atMost most: Int,
        _ write: (UnsafeMutablePointer<UInt8>) -> Int
    ) throws(PenstockError) {
        let room = try unsafe reserve(most).assumingMemoryBound(to: UInt8.self)
        unsafe advance(write(room))
    }
}

extension ImageSize {
    /// Refuses what a JPEG cannot hold.
    fileprivate func checkForJPEG() throws(PenstockError) {
        guard width > 0, height > 0 else {
            throw PenstockError(.unsupported, at: .write, "A picture of \(self) has no pixels to write as JPEG.")
        }
        let longest = Int(PENSTOCK_JPEG_LONGEST_EDGE)
        guard max(width, height) <= longest else {
            let message =
                "A JPEG's edges are at most \(longest) pixels long, and this picture is \(self). "
                + "Write PNG, or make it smaller with --resize."
            throw PenstockError(.unsupported, at: .write, message)
        }
    }
}
