internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Decodes pictures, draws on them and writes them as JPEG, one after another. One thread uses it.
@safe final class PictureWriter {
    private let places: PicturePlaces
    private let drawing: AnnotationDrawing
    private let options: DecodeOptions
    private let reader = FileReader()
    private let decoder = PictureDecoder()
    private let canvas = PixelCanvas()
    private let memory = FrameMemory()
    private let frame: UnsafeMutablePointer<AVFrame>
    private let filter: FrameFilter
    private let encoder = PictureEncoder()
    private let encoded = EncodedBytes()

    init(_ places: PicturePlaces, _ drawing: AnnotationDrawing, _ options: DecodeOptions) {
        self.places = places
        self.drawing = drawing
        self.options = options
        guard let frame = unsafe av_frame_alloc() else { fatalError("there is no memory for a frame") }
        unsafe self.frame = frame
        filter = FrameFilter(timeBase: AVRational(num: 1, den: 1)) { shape in
            // Drawn on in RGB, where letters are sharpest.
            let drawn = drawing.filters(for: ImageSize(width: shape.width, height: shape.height))
            return FilterChain(drawn, after: [.init("format", "pix_fmts=rgb24")])
        }
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// Writes one picture.
    func write(_ picture: AnnotatedPicture) throws(PenstockError) {
        try decode(picture.source)
        try draw(picture.annotation)
        encoded.removeAll()
        try encoder.encode(canvas.pixels, as: .jpeg(quality: 90), into: encoded)
        // The bytes stay until the next picture.
        let bytes = unsafe Array(encoded.bytes)
        try places.write(bytes, as: picture.name, unlike: picture.source.path)
    }

    /// Draws on the canvas.
    private func draw(_ annotation: Annotation) throws(PenstockError) {
        // The frame is this object's own; the filters take its pixels over.
        defer { unsafe av_frame_unref(frame) }
        try unsafe memory.copy(canvas.pixels, to: frame)
        unsafe drawing.attach(annotation, to: frame, on: canvas.pixels.size)
        unsafe frame.pointee.pts = 0
        // Each picture is the first and only one; drawn on, it is not kept.
        defer { filter.reset() }
        try unsafe filter.add(frame) { (drawn) throws(PenstockError) in
            unsafe canvas.pixels.copy(drawn, .rgb)
        }
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
