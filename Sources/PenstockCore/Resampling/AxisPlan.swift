import CPenstockKernels

/// The positions and weights of one axis, in memory that is used again for the next plan.
@safe
final class AxisPlan {
    /// What a plan depends on, beside the filter.
    struct Key: Hashable {
        let source: Int
        let resized: Int
        let first: Int
        let count: Int
        /// Whether the plan is for rows, which have their weights laid out for the fast kernels.
        let isHorizontal: Bool

        /// A plan for `window` of `source` positions resized to `resized`.
        init(source: Int, resized: Int, window: AxisWindow, isHorizontal: Bool) {
            self.source = source
            self.resized = resized
            first = window.first
            count = window.count
            self.isHorizontal = isHorizontal
        }
    }

    private(set) var key: Key
    /// The plan as the kernels read it.
    let axis: UnsafeMutablePointer<penstock_axis>
    /// When the plan was last asked for, by its cache's count.
    var lastUse = 0
    private let memory = ScratchMemory()

    /// Makes the first plan.
    init(_ key: Key, filter: ResamplingFilter, packing: penstock_packing) {
        self.key = key
        unsafe axis = .allocate(capacity: 1)
        plan(key, filter: filter, packing: packing)
    }

    /// Replaces the plan by another.
    func plan(_ key: Key, filter: ResamplingFilter, packing: penstock_packing) {
        self.key = key
        let source = Int32(key.source)
        let resized = Int32(key.resized)
        let byteCount = Self.byteCount(key, filter: filter, packing: packing)
        let packing = key.isHorizontal ? packing : PENSTOCK_PACKING_NONE
        // The memory is as large as the call before asked for, and lives as long as the axis that points into it.
        unsafe penstock_axis_make(
            axis,
            filter.kernelFilter,
            source,
            resized,
            Int32(key.first),
            Int32(key.count),
            packing,
            memory.reserve(byteCount)
        )
    }

    /// The memory that a plan takes: it grows with the source, and with nothing else where a picture shrinks.
    static func byteCount(_ key: Key, filter: ResamplingFilter, packing: penstock_packing) -> Int {
        let packing = key.isHorizontal ? packing : PENSTOCK_PACKING_NONE
        let (source, resized, count) = (Int32(key.source), Int32(key.resized), Int32(key.count))
        return Int(penstock_axis_byte_count(filter.kernelFilter, source, resized, count, packing))
    }

    /// The source positions that the plan reads.
    var sourceRange: Range<Int> { unsafe Int(axis.pointee.lowest)..<Int(axis.pointee.highest) }

    deinit {
        // Nothing else owns the plan.
        unsafe axis.deallocate()
    }
}

extension ResamplingFilter {
    fileprivate var kernelFilter: penstock_filter {
        switch self {
        case .nearest: PENSTOCK_FILTER_NEAREST
        case .box: PENSTOCK_FILTER_BOX
        case .bilinear: PENSTOCK_FILTER_BILINEAR
        case .hamming: PENSTOCK_FILTER_HAMMING
        case .bicubic: PENSTOCK_FILTER_BICUBIC
        case .lanczos: PENSTOCK_FILTER_LANCZOS
        case .opencvBilinear: PENSTOCK_FILTER_OPENCV_BILINEAR
        }
    }
}
