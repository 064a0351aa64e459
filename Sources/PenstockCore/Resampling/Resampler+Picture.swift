import CPenstockKernels

extension Resampler {
    /// One picture on its way through: where it goes, and by which plans.
    struct Picture {
        let size: ImageSize
        let columns: AxisWindow
        let rows: AxisWindow
        let horizontal: AxisPlan
        let vertical: AxisPlan
        /// Whether the vertical pass comes first, as Pillow decides it.
        let columnsFirst: Bool
        /// Whether samples between the passes have 15 bits.
        let isMixed: Bool
        /// How many rows the decoder has given so far.
        var rowsTaken = 0

        /// Plans a picture.
        init(_ size: ImageSize, _ placement: Placement, in preprocessing: Preprocessing, plans: AxisPlanCache) {
            let target = preprocessing.size
            let resized = placement.resized
            self.size = size
            columns = AxisWindow(offset: placement.x, target: target.width, resized: resized.width)
            rows = AxisWindow(offset: placement.y, target: target.height, resized: resized.height)
            horizontal = plans.plan(
                AxisPlan.Key(source: size.width, resized: resized.width, window: columns, isHorizontal: true)
            )
            vertical = plans.plan(
                AxisPlan.Key(source: size.height, resized: resized.height, window: rows, isHorizontal: false)
            )
            isMixed = preprocessing.filter == .opencvBilinear
            columnsFirst =
                !isMixed
                && penstock_columns_first(
                    Int32(size.width),
                    Int32(size.height),
                    Int32(resized.width),
                    Int32(resized.height)
                ) != 0
        }

        /// The source rows that are needed at all.
        var neededRows: Range<Int> { vertical.sourceRange }

        /// The bytes from one intermediate row to the next.
        var intermediateStride: Int {
            let samples = 3 * (columnsFirst ? size.width : columns.count)
            return roundedUp(samples) * (isMixed ? 2 : 1)
        }
    }

    /// `samples` and the slack that kernels may overwrite, in whole cache lines.
    static func roundedUp(_ samples: Int) -> Int {
        let slack = Int(PENSTOCK_ROW_SLACK)
        return (samples + 2 * slack - 1) / slack * slack
    }
}

/// `Resampler.roundedUp`, where a picture needs it.
private func roundedUp(_ samples: Int) -> Int { Resampler.roundedUp(samples) }
