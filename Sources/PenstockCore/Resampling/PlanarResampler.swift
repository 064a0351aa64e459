internal import CPenstockKernels

/// Resizes the planes of a decoded picture before their colours are computed, straight into a model's input.
///
/// A picture that shrinks has far fewer colours to compute afterwards, and chroma is never brought to the full size at
/// all. `Documentation/Video.md` says how far the result is from that of `Resampler` on the converted picture.
@safe
package final class PlanarResampler {
    /// The contract that pictures are prepared by.
    package let preprocessing: Preprocessing

    let kernels: UnsafePointer<penstock_kernels>
    let plans: AxisPlanCache
    let tensorRows: TensorRows
    let luma: PlaneRows
    let firstChroma: PlaneRows
    let secondChroma: PlaneRows
    /// One row of each plane, resized along the columns; grey pictures have their constant chroma here.
    let planeRow = ScratchMemory()
    /// Rows of the same as triples.
    let triples = ScratchMemory()
    /// Rows of the input, as 8-bit pixels.
    let targetRows = ScratchMemory()
    /// All rows of the input, of a picture that must be turned.
    let turned = ScratchMemory()

    /// How many axes are kept planned: three for each of eight sizes.
    private static let planCount = 24

    /// Makes a resampler for a contract.
    ///
    /// - Precondition: This processor runs `variant`.
    package init(_ preprocessing: Preprocessing, variant: KernelVariant = .fastest) {
        // Tables are static: this pointer never dangles.
        guard let kernels = unsafe variant.table else {
            preconditionFailure("this processor does not run the \(variant.rawValue) kernels")
        }
        self.preprocessing = preprocessing
        unsafe self.kernels = unsafe kernels
        plans = AxisPlanCache(
            filter: preprocessing.filter,
            packing: unsafe kernels.pointee.packing,
            capacity: Self.planCount
        )
        tensorRows = unsafe TensorRows(preprocessing, kernels: kernels)
        luma = unsafe PlaneRows(kernels: kernels)
        firstChroma = unsafe PlaneRows(kernels: kernels)
        secondChroma = unsafe PlaneRows(kernels: kernels)
    }
}

extension PlanarResampler {
    /// Whether a picture of this size is right when its planes are resized.
    ///
    /// It must shrink along both axes, by a filter that antialiases. Chroma of half the height must cover luma exactly:
    /// an odd last row would shift all of its positions.
    package func takes(_ size: ImageSize, halvesHeight: Bool, turn: Turn) -> Bool {
        guard size.width > 0, size.height > 0, max(size.width, size.height) <= 1 << 24 else { return false }
        guard preprocessing.filter != .nearest, preprocessing.filter != .opencvBilinear else { return false }
        guard !halvesHeight || size.height % 2 == 0 else { return false }
        let upright = turn.applied(to: size)
        let resized = Placement(of: upright, fit: preprocessing.fit, in: preprocessing.size).resized
        return resized.width <= upright.width && resized.height <= upright.height
    }

    /// Writes a picture into its place in the model's input.
    ///
    /// - Precondition: `takes` says yes, and `slot` has exactly `preprocessing.byteCount` bytes, aligned for its type.
    package func load(_ picture: PlanarPicture, turn: Turn, into slot: UnsafeMutableRawBufferPointer) {
        precondition(slot.count == preprocessing.byteCount, "a slot has the size of one picture")
        guard let out = slot.baseAddress else { return }
        let geometry = Geometry(picture, turn: turn, in: preprocessing, plans: plans)
        begin(picture, geometry)
        // The slot was just found to hold the whole picture.
        if turn == .none {
            unsafe loadRows(picture, geometry, into: out)
        } else {
            unsafe loadTurned(picture, geometry, turn: turn, into: out)
        }
    }

    private func begin(_ picture: PlanarPicture, _ geometry: Geometry) {
        luma.begin(picture.luma, colors: picture.colors, needed: geometry.vertical.sourceRange)
        let needed = geometry.chromaVertical.sourceRange
        switch picture.chroma {
        case .none: break
        case .separate(let u, let v):
            firstChroma.begin(u, colors: picture.colors, needed: needed)
            secondChroma.begin(v, colors: picture.colors, needed: needed)
        case .shared(let plane, _): firstChroma.begin(plane, colors: picture.colors, needed: needed)
        }
    }

    @unsafe
    private func loadRows(_ picture: PlanarPicture, _ geometry: Geometry, into out: UnsafeMutableRawPointer) {
        // `out` has a place for every row.
        unsafe makeRows(of: picture, geometry) { y, row in unsafe tensorRows.write(row, at: y, into: out) }
    }

    @unsafe
    private func loadTurned(
        _ picture: PlanarPicture,
        _ geometry: Geometry,
        turn: Turn,
        into out: UnsafeMutableRawPointer
    ) {
        let (stored, upright) = (geometry.target, preprocessing.size)
        let whole = unsafe turned.reserve(3 * upright.pixelCount + Int(PENSTOCK_ROW_SLACK))
        let pixels = unsafe whole.assumingMemoryBound(to: UInt8.self)
        // A step along a stored row, and one to the next row, in the upright picture; mirrored ones start at the end.
        let across = (turn.transposes ? 3 * upright.width : 3) * (turn.mirrorsColumns ? -1 : 1)
        let down = (turn.transposes ? 3 : 3 * upright.width) * (turn.mirrorsRows ? -1 : 1)
        let corner =
            (turn.mirrorsColumns ? -across * (stored.width - 1) : 0)
            + (turn.mirrorsRows ? -down * (stored.height - 1) : 0)
        // Both steps stay inside the pixels of the upright picture, counted from the corner that comes first.
        unsafe makeRows(of: picture, geometry) { y, row in
            unsafe penstock_block_transpose(pixels + corner + y * down, across, down, row, 0, stored.width, 1, 3)
        }
        for y in 0..<upright.height { unsafe tensorRows.write(pixels + 3 * upright.width * y, at: y, into: out) }
    }
}
