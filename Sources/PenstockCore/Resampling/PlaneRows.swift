internal import CPenstockKernels

/// The rows of a plane as the column kernels read them: 8 bits a sample, with slack behind each row.
///
/// Rows that are so already are read where they lie. Others are copied one by one, shortly before they are needed, so
/// that they are still in the processor's cache then.
@safe
final class PlaneRows {
    private let copies = ScratchMemory()
    private let kernels: UnsafePointer<penstock_kernels>
    private var plane: PlanarPicture.Plane?
    private var shift: Int32 = 0
    private var isCopied = false
    private var needed = 0..<0
    private var ready = 0

    /// Makes a reader that narrows deep samples by these kernels.
    init(kernels: UnsafePointer<penstock_kernels>) {
        unsafe self.kernels = unsafe kernels
    }

    /// Turns to another plane, of which the rows `needed` will be read, from the first to the last.
    func begin(_ plane: PlanarPicture.Plane, colors: penstock_yuv, needed: Range<Int>) {
        self.plane = plane
        self.needed = needed
        shift = colors.shift
        isCopied = colors.sample_bytes > 1 || !plane.hasSlack
        ready = needed.lowerBound
    }

    /// Row `index` of the plane resized by `plan`, at `columns`; `out` has room for a whole row and slack.
    @unsafe
    func resample(_ index: Int, by plan: AxisPlan, columns: Range<Int>, into out: UnsafeMutablePointer<UInt8>) {
        guard let plane else { preconditionFailure("a plane is begun before it is read") }
        let first = isCopied ? needed.lowerBound : 0
        let stride = isCopied ? Resampler.roundedUp(plane.width) : plane.stride
        if isCopied { unsafe copy(upTo: plan.sourceEnd(of: index), of: plane, stride: stride) }
        // `columns` lie in the rows, and each row that the plan names is in the plane or was just copied.
        let start = isCopied ? unsafe UnsafePointer(copied(stride)) : unsafe plane.start
        unsafe penstock_resample_columns(
            kernels,
            plan.axis,
            Int32(index),
            start + columns.lowerBound,
            stride,
            Int32(first),
            Int32(columns.count),
            out + columns.lowerBound
        )
    }

    /// The copies, as large for every row of one plane, so that earlier ones stay.
    @unsafe
    private func copied(_ stride: Int) -> UnsafeMutablePointer<UInt8> {
        unsafe copies.reserve(needed.count * stride).assumingMemoryBound(to: UInt8.self)
    }

    @unsafe
    private func copy(upTo end: Int, of plane: PlanarPicture.Plane, stride: Int) {
        while ready < end {
            // `ready` is a row of the plane, and its copy has room for every sample.
            let source = unsafe plane.start + ready * plane.stride
            let target = unsafe copied(stride) + (ready - needed.lowerBound) * stride
            if shift > 0 {
                unsafe kernels.pointee.narrow(source, Int32(plane.width), shift, target)
            } else {
                unsafe target.update(from: source, count: plane.width)
            }
            ready += 1
        }
    }
}

extension AxisPlan {
    /// The end of the source positions that output `index` reads.
    fileprivate func sourceEnd(of index: Int) -> Int {
        // The plan has a start and a length for each output.
        unsafe Int(axis.pointee.starts[index] + axis.pointee.lengths[index])
    }
}
