/// Along one axis, the outputs that come from the picture, and where they go in the input.
struct AxisWindow: Hashable {
    /// The input's first position that shows the picture.
    let targetStart: Int
    /// The position of the resized picture that it shows.
    let first: Int
    /// How many positions show the picture.
    let count: Int

    /// The window of `target` positions that starts at `offset` of `resized` positions.
    ///
    /// - Precondition: The window and the resized picture overlap.
    init(offset: Int, target: Int, resized: Int) {
        targetStart = max(0, -offset)
        first = max(0, offset)
        count = min(target - targetStart, resized - first)
        precondition(count > 0, "a placement shows some of the picture")
    }
}

extension AxisWindow {
    /// The window along an axis that runs the other way.
    func mirrored(target: Int, resized: Int) -> AxisWindow {
        AxisWindow(offset: resized - target - offset, target: target, resized: resized)
    }

    /// The position of the resized picture at the input's edge; negative where there is padding.
    private var offset: Int { first - targetStart }
}
