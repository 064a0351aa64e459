internal import CPenstockKernels
import PenstockCore

/// Compresses filtered pixels as they come, fast, into zlib's format. One thread uses it.
@safe final class RunDeflater {
    private let stream = GrowableBuffer()
    private let kernels: UnsafePointer<penstock_deflate_kernels>
    private var sum: UInt32 = 1

    /// Makes a deflater of one variant of the kernels; all give the same bytes.
    init(_ variant: KernelVariant = .fastest) {
        // Tables are static: this pointer never dangles.
        guard let kernels = unsafe penstock_deflate_kernels_of(variant.number) else {
            preconditionFailure("this processor does not run the \(variant.rawValue) kernels")
        }
        unsafe self.kernels = unsafe kernels
    }

    /// Starts a stream.
    func begin(into file: EncodedBytes) throws(PenstockError) {
        let size = unsafe MemoryLayout<penstock_deflater>.size
        // The memory is as large as the stream that starts in it, which is zeros.
        _ = try unsafe stream.reserve(size).initializeMemory(as: UInt8.self, repeating: 0, count: size)
        sum = 1
        // Deflate with its largest window; "fastest compression". The two make a multiple of 31.
        try file.append(CollectionOfOne(0x78))
        try file.append(CollectionOfOne(0x01))
    }

    /// Adds bytes to the stream, compressed or as they are; the stream ends with those that come with `isLast`.
    func add(
        _ bytes: UnsafeRawBufferPointer,
        isLast: Bool,
        isStored: Bool,
        into file: EncodedBytes
    ) throws(PenstockError) {
        let target = try unsafe file.reserve(penstock_deflate_bound(bytes.count)).assumingMemoryBound(to: UInt8.self)
        let state = unsafe stream.base!.assumingMemoryBound(to: penstock_deflater.self)
        let source = unsafe bytes.assumingMemoryBound(to: UInt8.self).baseAddress
        let last: Int32 = isLast ? 1 : 0
        // `begin` made the state, and there is room for as much as the bytes can become.
        let count =
            unsafe isStored
            ? penstock_deflate_stored(state, source, bytes.count, last, target)
            : penstock_deflate(kernels, state, source, bytes.count, last, target)
        file.advance(count)
        sum = unsafe Checksum.adler32(bytes, after: sum)
        if isLast { try file.appendBig(sum) }
    }
}
