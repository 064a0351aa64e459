internal import CPenstockKernels

extension PlanarResampler {
    /// Where a picture goes, along the axes that it is stored by, and by which plans.
    struct Geometry {
        /// The input's size, before the turn.
        let target: ImageSize
        let columns: AxisWindow
        let rows: AxisWindow
        let horizontal: AxisPlan
        let vertical: AxisPlan
        let chromaVertical: AxisPlan
        /// The columns of luma that are needed, from a position that starts a block of the kernels.
        let lumaColumns: Range<Int>
        /// The same of chroma, in bytes of its plane.
        let chromaColumns: Range<Int>

        /// The bytes from one row of the input to the next.
        var rowStride: Int { Resampler.roundedUp(3 * target.width) }

        /// Plans a picture.
        init(_ picture: PlanarPicture, turn: Turn, in preprocessing: Preprocessing, plans: AxisPlanCache) {
            let upright = turn.applied(to: picture.size)
            let placement = Placement(of: upright, fit: preprocessing.fit, in: preprocessing.size)
            target = turn.applied(to: preprocessing.size)
            let resized = turn.applied(to: placement.resized)
            let (x, y) = turn.transposes ? (placement.y, placement.x) : (placement.x, placement.y)
            columns = Self.window(x, target.width, resized.width, isMirrored: turn.mirrorsColumns)
            rows = Self.window(y, target.height, resized.height, isMirrored: turn.mirrorsRows)
            let size = picture.size
            horizontal = plans.plan(
                AxisPlan.Key(source: size.width, resized: resized.width, window: columns, isHorizontal: true)
            )
            vertical = plans.plan(
                AxisPlan.Key(source: size.height, resized: resized.height, window: rows, isHorizontal: false)
            )
            let chromaHeight = picture.halvesHeight ? size.height / 2 : size.height
            chromaVertical = plans.plan(
                AxisPlan.Key(source: chromaHeight, resized: resized.height, window: rows, isHorizontal: false)
            )
            let needed = horizontal.sourceRange
            let block = Int(PENSTOCK_ROW_SLACK)
            lumaColumns = needed.lowerBound / (2 * block) * (2 * block)..<needed.upperBound
            let step = Int(picture.colors.chroma_step)
            let halving = picture.colors.halves_width ? 2 : 1
            chromaColumns =
                lumaColumns.lowerBound / halving * step..<(needed.upperBound + halving - 1) / halving * step
        }

        private static func window(_ offset: Int, _ target: Int, _ resized: Int, isMirrored: Bool) -> AxisWindow {
            let window = AxisWindow(offset: offset, target: target, resized: resized)
            return isMirrored ? window.mirrored(target: target, resized: resized) : window
        }
    }
}
