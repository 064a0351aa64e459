import CPenstockKernels

extension PictureResizer {
    /// One picture on its way through: where it goes, and by which plans.
    struct Picture {
        let size: ImageSize
        let layout: PixelLayout
        let canvas: ImageSize
        let columns: AxisWindow
        let rows: AxisWindow
        let horizontal: AxisPlan
        let vertical: AxisPlan
        /// Whether the vertical pass comes first, as Pillow decides it.
        let columnsFirst: Bool
        /// Whether colours are multiplied by their opacity on the way.
        let premultiplies: Bool
        /// How a row between the passes lies in memory.
        let line: LineShape
        /// How many rows were given so far.
        var rowsTaken = 0

        init(
            size: ImageSize,
            layout: PixelLayout,
            canvas: ImageSize,
            resized: ImageSize,
            columns: AxisWindow,
            rows: AxisWindow,
            horizontal: AxisPlan,
            vertical: AxisPlan,
            filter: ResamplingFilter
        ) {
            (self.size, self.layout, self.canvas) = (size, layout, canvas)
            (self.columns, self.rows) = (columns, rows)
            (self.horizontal, self.vertical) = (horizontal, vertical)
            let isMixed = filter == .opencvBilinear
            premultiplies = layout == .rgba && !isMixed && filter != .nearest && size != resized
            line = LineShape(layout, pixels: columns.count, isMixed: isMixed)
            let (width, height) = (Int32(size.width), Int32(size.height))
            columnsFirst =
                !isMixed && penstock_columns_first(width, height, Int32(resized.width), Int32(resized.height)) != 0
        }

        /// The source rows that are needed at all.
        var neededRows: Range<Int> { vertical.sourceRange }

        /// The bytes of a source row.
        var sourceRowBytes: Int { size.width * layout.channels }

        /// The bytes from one source row to the next, where a copy is kept.
        var keptRowStride: Int { Resampler.roundedUp(sourceRowBytes) }

        /// The bytes from one intermediate row to the next.
        var intermediateStride: Int { columnsFirst ? keptRowStride : line.byteCount }
    }
}

/// How a row that went through the horizontal pass lies in memory: RGB is interleaved, the channels of RGBA are planes.
struct LineShape {
    /// How many planes there are.
    let planes: Int
    /// The samples of a plane.
    let samples: Int
    /// The samples from one plane to the next.
    let planeStride: Int
    /// Whether samples have 15 bits.
    let isMixed: Bool

    /// The shape of `pixels` pixels.
    init(_ layout: PixelLayout, pixels: Int, isMixed: Bool) {
        planes = layout == .rgba ? 4 : 1
        samples = layout == .rgb ? 3 * pixels : pixels
        planeStride = Resampler.roundedUp(samples)
        self.isMixed = isMixed
    }

    /// The bytes of the whole row, with room for what kernels may overwrite behind it.
    var byteCount: Int { planes * planeStride * (isMixed ? 2 : 1) }

    /// The samples that the vertical pass goes through, gaps between planes included.
    var span: Int { (planes - 1) * planeStride + samples }
}
