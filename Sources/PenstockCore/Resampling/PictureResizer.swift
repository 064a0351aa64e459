import CPenstockKernels

/// Resizes pictures of any layout to pictures, by the kernels and the arithmetic by which `Resampler` makes tensors.
///
/// Each worker thread has one for each filter: `begin`, `take` until all rows were given, `finish`. Plans and scratch
/// memory are kept. Colours of RGBA weigh as much as they are opaque, as in Pillow; the filters that do not antialias
/// treat its four channels alike.
@safe
package final class PictureResizer {
    /// The filter.
    package let filter: ResamplingFilter

    let kernels: UnsafePointer<penstock_kernels>
    let rowPass: RowPass
    /// Rows between the passes; whole source rows where columns come first.
    let intermediate = ScratchMemory()
    /// Source rows whose colours were multiplied by their opacity.
    let multiplied = ScratchMemory()
    /// Rows of the source's width that columns were made of.
    let wideRows = ScratchMemory()
    /// Finished rows, their channels still apart.
    let lines = ScratchMemory()
    /// The picture being taken in.
    var picture: Picture?
    private let plans: AxisPlanCache

    /// How many axes are kept planned: two for each of eight sizes.
    private static let planCount = 16
    /// What a plan may take; an edge of 400,000 pixels needs less with any filter.
    private static let mostPlanBytes = 64 << 20

    /// Makes a resizer.
    ///
    /// - Precondition: This processor runs `variant`.
    package init(_ filter: ResamplingFilter, variant: KernelVariant = .fastest) {
        // Tables are static: this pointer never dangles.
        guard let kernels = unsafe variant.table else {
            preconditionFailure("this processor does not run the \(variant.rawValue) kernels")
        }
        self.filter = filter
        unsafe self.kernels = unsafe kernels
        plans = AxisPlanCache(filter: filter, packing: unsafe kernels.pointee.packing, capacity: Self.planCount)
        rowPass = unsafe RowPass(kernels)
    }

    /// Begins a picture of some size, of which the part that `placement` shows on a canvas is made.
    ///
    /// - Throws: Where planning would take memory out of all proportion.
    /// - Precondition: Edges are positive and fit 24 bits, and the canvas shows some of the picture.
    package func begin(
        _ size: ImageSize,
        _ layout: PixelLayout,
        as placement: Placement,
        on canvas: ImageSize
    ) throws(PenstockError) {
        picture = nil
        let columns = AxisWindow(offset: placement.x, target: canvas.width, resized: placement.resized.width)
        let rows = AxisWindow(offset: placement.y, target: canvas.height, resized: placement.resized.height)
        let across = AxisPlan.Key(
            source: size.width,
            resized: placement.resized.width,
            window: columns,
            isHorizontal: true
        )
        let down = AxisPlan.Key(
            source: size.height,
            resized: placement.resized.height,
            window: rows,
            isHorizontal: false
        )
        picture = Picture(
            size: size,
            layout: layout,
            canvas: canvas,
            resized: placement.resized,
            columns: columns,
            rows: rows,
            horizontal: try plan(across, of: size),
            vertical: try plan(down, of: size),
            filter: filter
        )
    }

    private func plan(_ key: AxisPlan.Key, of size: ImageSize) throws(PenstockError) -> AxisPlan {
        let packing = unsafe kernels.pointee.packing
        guard AxisPlan.byteCount(key, filter: filter, packing: packing) <= Self.mostPlanBytes else {
            throw PenstockError(
                .tooLarge,
                at: .preprocess,
                "A picture of \(size) is too long to be resized with the \(filter.rawValue) filter. Crop it first, or "
                    + "use nearest."
            )
        }
        return plans.plan(key)
    }

    /// Frees scratch memory that is more than `byteCount` bytes, which one huge picture may leave behind.
    package func trim(to byteCount: Int) {
        intermediate.trim(to: byteCount)
        wideRows.trim(to: byteCount)
        lines.trim(to: byteCount)
        multiplied.trim(to: byteCount)
        rowPass.trim(to: byteCount)
    }
}
