internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Decodes pictures, draws on them and writes them as JPEG, one after another. One thread uses it.
final class PictureWriter {
    private let places: PicturePlaces
    private let drawing: AnnotationDrawing
    private let options: DecodeOptions
    private let reader = FileReader()
    private let decoder = PictureDecoder()
    private let canvas = FrameCanvasSink()
    private let encoder = JPEGEncoder()
    private let filter: FrameFilter

    init(_ places: PicturePlaces, _ drawing: AnnotationDrawing, _ options: DecodeOptions) {
        self.places = places
        self.drawing = drawing
        self.options = options
        filter = FrameFilter(timeBase: AVRational(num: 1, den: 1)) { shape in
            // Drawn on in RGB, where letters are sharpest; JPEG's own colours are BT.601 of full range.
            let drawn = drawing.filters(for: ImageSize(width: shape.width, height: shape.height))
            return FilterChain("\(drawn),scale=flags=bicubic:out_color_matrix=bt601:out_range=pc,format=yuvj420p")
        }
    }

    /// Writes one picture.
    func write(_ picture: AnnotatedPicture) throws(PenstockError) {
        try decode(picture.source)
        let frame = unsafe canvas.frame
        let size = canvas.size
        // The canvas is this object's own; the filters take its pixels over.
        defer { unsafe av_frame_unref(frame) }
        unsafe drawing.attach(picture.annotation, to: frame, on: size)
        unsafe frame.pointee.pts = 0
        var bytes: [UInt8] = []
        // Each picture is the first and only one; drawn on, it is not kept.
        defer { filter.reset() }
        try unsafe filter.add(frame) { (drawn) throws(PenstockError) in bytes = try unsafe encoder.encode(drawn) }
        try places.write(bytes, as: picture.name, unlike: picture.source.path)
    }

    private func decode(_ source: PictureBytes) throws(PenstockError) {
        switch source {
        case .file(let path):
            // The reader's bytes stay put until its next read, which is after this.
            _ = try unsafe decoder.decode(reader.read(path), into: canvas, options: options)
        case .memory(let bytes):
            // The array outlives the call.
            let span = bytes.span
            try unsafe span.withUnsafeBytes { (bytes) throws(PenstockError) in
                _ = try unsafe decoder.decode(bytes, into: canvas, options: options)
            }
        }
    }
}
