internal import CFFmpeg
internal import PenstockCore

/// Draws annotations by filters that read them from each frame's metadata: text never becomes part of a filter's
/// description, so none can be mistaken for one.
struct AnnotationDrawing {
    let font: AnnotationFont

    /// The filters that draw on upright pictures of a size.
    func filters(for size: ImageSize) -> String {
        let layout = TextLayout(size: size)
        return "\(text(Self.scores, layout, y: "\(layout.margin)")),"
            + text(Self.moment, layout, y: "h-th-\(layout.margin)")
    }

    /// Writes an annotation into the metadata of a frame that nobody else has, for upright pictures of a size.
    func attach(_ annotation: Annotation, to frame: UnsafeMutablePointer<AVFrame>, on size: ImageSize) {
        let text = AnnotationText(annotation: annotation, layout: TextLayout(size: size))
        // The dictionary copies both strings, and is the frame's own.
        unsafe av_dict_set(&frame.pointee.metadata, Self.scores, text.scores, 0)
        unsafe av_dict_set(&frame.pointee.metadata, Self.moment, text.moment, 0)
    }

    private func text(_ key: String, _ layout: TextLayout, y: String) -> String {
        "drawtext=fontfile=\(FilterText.quoted(font.path.description))"
            + ":text=\(FilterText.quoted("%{metadata:\(key)}"))"
            + ":fontsize=\(layout.fontSize):fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=\(layout.border)"
            + ":line_spacing=\(layout.fontSize / 4):x=\(layout.margin):y=\(y)"
    }

    private static let scores = "penstock.scores"
    private static let moment = "penstock.moment"
}
