import PenstockCore

/// A frame on the canvas that its file announces: the first picture of an animation may cover only a part, and the
/// rest is black, or transparent.
struct FrameCanvas {
    let rows: FrameRows
    let size: ImageSize
    /// What is made of the frame.
    let layout: PixelLayout
    private let margin: (left: Int, top: Int)

    init(rows: FrameRows, as layout: PixelLayout, _ header: StillHeader, _ format: PictureFormat) {
        self.rows = rows
        self.layout = layout
        size = format == .webp ? header.size ?? rows.size : rows.size
        margin = header.margin
    }

    /// Refuses a canvas that is too large, or that its frame does not fit on.
    func check(_ format: PictureFormat, limit: Int) throws(PenstockError) {
        try size.check(format, limit: limit)
        let fits = margin.left + rows.size.width <= size.width && margin.top + rows.size.height <= size.height
        guard fits else { throw .corrupt(format, "the picture is larger than its canvas") }
    }

    /// Writes row `y` of the canvas at `destination`, which has room for a row in its layout.
    func write(_ y: Int, to destination: UnsafeMutablePointer<UInt8>) {
        if rows.size == size {
            // The frame is the canvas, so its row `y` has the length that `destination` has.
            unsafe rows.write(y, as: layout, to: destination)
            return
        }
        unsafe destination.update(repeating: 0, count: size.width * layout.channels)
        guard (margin.top..<margin.top + rows.size.height).contains(y) else { return }
        // The frame fits on the canvas, as was checked, and so does its row behind the left margin.
        unsafe rows.write(y - margin.top, as: layout, to: destination + margin.left * layout.channels)
    }
}
