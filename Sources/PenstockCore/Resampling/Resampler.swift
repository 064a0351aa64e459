import CPenstockKernels

/// Resizes, places and normalises pictures into a model's input, row by row as a decoder makes them.
///
/// Each worker thread has one and uses it for every picture: `begin`, `take` until all rows were given, `finish`. Plans
/// and scratch memory are kept, so pictures like those before cost no allocation.
@safe
package final class Resampler: RowSink {
    /// The contract that pictures are prepared by.
    package let preprocessing: Preprocessing
    /// Whether decoders may deliver pictures smaller than they are stored, at some cost in exactness.
    package let allowsScaledDecoding: Bool

    let kernels: UnsafePointer<penstock_kernels>
    let plans: AxisPlanCache
    let tensorRows: TensorRows
    /// Rows between the passes; whole source rows where columns come first.
    let intermediate = ScratchMemory()
    /// One source row, where columns come first.
    let columnsRow = ScratchMemory()
    /// One row of the input, as 8-bit pixels.
    let targetRow = ScratchMemory()
    /// The picture being taken in.
    var picture: Picture?

    /// How many axes are kept planned: two for each of eight sizes.
    private static let planCount = 16

    /// Makes a resampler for a contract.
    ///
    /// - Precondition: This processor runs `variant`.
    package init(
        _ preprocessing: Preprocessing,
        allowsScaledDecoding: Bool = false,
        variant: KernelVariant = .fastest
    ) {
        // Tables are static: this pointer never dangles.
        guard let kernels = unsafe variant.table else {
            preconditionFailure("this processor does not run the \(variant.rawValue) kernels")
        }
        self.preprocessing = preprocessing
        self.allowsScaledDecoding = allowsScaledDecoding
        unsafe self.kernels = unsafe kernels
        plans = AxisPlanCache(
            filter: preprocessing.filter,
            packing: unsafe kernels.pointee.packing,
            capacity: Self.planCount
        )
        tensorRows = unsafe TensorRows(preprocessing, kernels: kernels)
    }

    package func smallestUsefulSize(of source: ImageSize) -> ImageSize {
        guard allowsScaledDecoding, min(source.width, source.height) > 0 else { return source }
        let resized = Placement(of: source, fit: preprocessing.fit, in: preprocessing.size).resized
        return ImageSize(width: min(source.width, resized.width), height: min(source.height, resized.height))
    }

    package func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        picture = nil
        let placement = try place(size)
        picture = Picture(size, placement, in: preprocessing, plans: plans)
    }

    /// Refuses sizes that 32-bit positions cannot count.
    private func place(_ size: ImageSize) throws(PenstockError) -> Placement {
        let longest = 1 << 24
        guard size.width > 0, size.height > 0 else {
            throw PenstockError(.corrupt, at: .preprocess, "The picture has no pixels: its size is \(size).")
        }
        let placement = Placement(of: size, fit: preprocessing.fit, in: preprocessing.size)
        let resized = placement.resized
        guard max(size.width, size.height, max(resized.width, resized.height)) <= longest else {
            throw PenstockError(
                .tooLarge,
                at: .preprocess,
                "A picture of \(size) would be resized to \(resized), and an edge may have \(longest) pixels "
                    + "at most. Crop it first, or use the stretch fit."
            )
        }
        return placement
    }
}
