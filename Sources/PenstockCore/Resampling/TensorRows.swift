import CPenstockKernels

/// Writes rows of 8-bit RGB into a picture's place in a tensor, as the contract's type, order and layout ask.
@safe
final class TensorRows {
    private let size: ImageSize
    private let elementType: ElementType
    private let layout: TensorLayout
    private let swap: Int32
    private let kernels: UnsafePointer<penstock_kernels>
    private let normalization: UnsafeMutablePointer<penstock_normalization>

    /// Makes a writer for pictures prepared by a contract.
    init(_ preprocessing: Preprocessing, kernels: UnsafePointer<penstock_kernels>) {
        size = preprocessing.size
        elementType = preprocessing.elementType
        layout = preprocessing.layout
        swap = preprocessing.colorOrder == .bgr ? 1 : 0
        unsafe self.kernels = unsafe kernels
        unsafe normalization = .allocate(capacity: 1)
        let values = preprocessing.normalization
        // Both arrays have three values, as the contract's initialiser checked, and the block holds one normalisation.
        unsafe penstock_normalization_make(normalization, values.multiplier, values.offset)
    }

    /// Writes row `y` of the picture from `size.width` pixels.
    ///
    /// `slot` holds the whole picture, aligned for its element type.
    @unsafe
    func write(_ row: UnsafePointer<UInt8>, at y: Int, into slot: UnsafeMutableRawPointer) {
        let pixels = Int32(size.width)
        let plane = size.pixelCount
        let start = y * size.width * (layout == .nhwc ? 3 : 1)
        let kernels = unsafe self.kernels.pointee
        // Rows of the picture lie inside the slot: `start` counts elements before row y, in either layout.
        switch (elementType, layout) {
        case (.float32, .nhwc):
            let out = unsafe slot.assumingMemoryBound(to: Float.self) + start
            unsafe kernels.normalize_interleaved(normalization, row, pixels, swap, out)
        case (.float32, .nchw):
            let out = unsafe slot.assumingMemoryBound(to: Float.self) + start
            unsafe kernels.normalize_planar(normalization, row, pixels, swap, out, plane)
        case (.uint8, .nhwc):
            let out = unsafe slot.assumingMemoryBound(to: UInt8.self) + start
            unsafe kernels.store_interleaved(row, pixels, swap, out)
        case (.uint8, .nchw):
            let out = unsafe slot.assumingMemoryBound(to: UInt8.self) + start
            unsafe kernels.store_planar(row, pixels, swap, out, plane)
        }
    }

    deinit {
        // Nothing else owns the block.
        unsafe normalization.deallocate()
    }
}
