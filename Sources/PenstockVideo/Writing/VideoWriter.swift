internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Writes frames into a file, drawn on where that is asked for, with the sound of the file that they come from. One thread uses it.
@safe final class VideoWriter {
    private let path: FilePath
    private let container: VideoContainer
    private let quality: VideoQuality
    private let drawing: AnnotationDrawing?
    private var sound: OptionalSound
    private let frame: UnsafeMutablePointer<AVFrame>
    private var clock = OutputClock()
    private var durations: [Int64] = []
    private var current: (orientation: Orientation, filter: FrameFilter)?
    private var size: ImageSize?
    private var isConverted = false
    private var encoder: VideoEncoder?
    private var output: OutputVideo?
    private var stream: Int32 = 0
    private var end: Int64 = 0

    /// Prepares to write; the file is made when the first frame has told what it is to hold.
    init(
        to path: FilePath,
        _ container: VideoContainer,
        _ quality: VideoQuality,
        _ drawing: AnnotationDrawing?,
        soundOf source: FilePath?
    ) {
        self.path = path
        self.container = container
        self.quality = quality
        self.drawing = drawing
        sound = OptionalSound(of: source, for: container)
        guard let frame = unsafe av_frame_alloc() else { fatalError("there is no memory for a frame") }
        unsafe self.frame = frame
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// What had to be changed about the source's times, for a person.
    var notes: [String] {
        var notes: [String] = []
        if clock.hasFilledIn {
            notes.append("Frames without a time were given the one at which the frame before ends.")
        }
        if clock.hasStraightened {
            notes.append("Times that did not follow the one before were moved; sound may be out of step from there on.")
        }
        return notes + (sound.note.map { [$0] } ?? [])
    }

    /// Draws on a frame what there is to draw, and writes it.
    func add(_ source: VideoFrame, _ annotation: Annotation?) throws(PenstockError) {
        // Our own reference: the pixels are shared and not written to, as the filters copy what they draw on.
        defer { unsafe av_frame_unref(frame) }
        guard unsafe av_frame_ref(frame, source.pointer) >= 0 else { throw .outOfMemory(bytes: 0) }
        let place = clock.place(source.moment)
        let size = decideSize(source)
        unsafe frame.pointee.pts = place.time
        if let drawing { unsafe drawing.attach(annotation ?? Annotation(), to: frame, on: size) }
        durations.append(place.duration)
        let filter = try filter(for: source.orientation)
        try unsafe filter.add(frame) { (drawn) throws(PenstockError) in
            // The filters' frame, for the length of the call.
            try unsafe encode(drawn)
        }
    }

    /// Writes what is held back, and gives the file its name; tells how large it is.
    func finish() throws(PenstockError) -> (size: ImageSize, bytes: Int) {
        try unsafe current?.filter.finish { (drawn) throws(PenstockError) in
            // The filters' frame, for the length of the call.
            try unsafe encode(drawn)
        }
        guard let encoder, let output, let size else {
            throw PenstockError(.invalidConfiguration, at: .write, "\(path) was not made: no frame was written to it.")
        }
        try unsafe encoder.finish { (packet) throws(PenstockError) in try unsafe write(packet) }
        let end = end
        try sound.carry(at: end) { (sound) throws(PenstockError) in try sound.finish(at: end, to: output) }
        return (size, try output.finish())
    }
}

extension VideoWriter {
    /// The size of the written video, which its first frame decides.
    private func decideSize(_ first: VideoFrame) -> ImageSize {
        if let size { return size }
        let decided = UprightPath.evenSize(first.size)
        size = decided
        // The frame is readable as long as its owner.
        let shape = unsafe PictureShape(first.pointer)
        isConverted = shape.isRGB || shape.isGray
        return decided
    }

    /// The filters that turn frames upright and draw on them.
    private func filter(for orientation: Orientation) throws(PenstockError) -> FrameFilter {
        if let current, current.orientation == orientation { return current.filter }
        try unsafe current?.filter.finish { (drawn) throws(PenstockError) in
            // The filters' frame, for the length of the call.
            try unsafe encode(drawn)
        }
        let (size, drawing) = (size, drawing)
        let filter = FrameFilter(timeBase: VideoEncoder.timeBase) { shape in
            let path = UprightPath(shape: shape, orientation: orientation, target: size)
            let drawn = size.flatMap { size in drawing.map { "," + $0.filters(for: size) } }
            return FilterChain(path.description + (drawn ?? ""))
        }
        current = (orientation, filter)
        return filter
    }

    private func encode(_ drawn: UnsafeMutablePointer<AVFrame>) throws(PenstockError) {
        let duration = durations.isEmpty ? 1 : durations.removeFirst()
        if encoder == nil { try unsafe open(drawn, duration) }
        end = unsafe drawn.pointee.pts + duration
        try unsafe encoder!.add(drawn, duration: duration) { (packet) throws(PenstockError) in try unsafe write(packet)
        }
    }

    private func open(_ drawn: UnsafeMutablePointer<AVFrame>, _ duration: Int64) throws(PenstockError) {
        // What was RGB has become BT.709, and the filters do not say so; grey is as good in that as in any, should RGB
        // follow. The frame is ours to change.
        if isConverted { unsafe drawn.pointee.colorspace = AVCOL_SPC_BT709 }
        let encoder = try unsafe VideoEncoder(like: drawn, duration: duration, quality)
        self.encoder = encoder
        do throws(PenstockError) {
            output = try makeOutput(encoder)
        } catch {
            // Some sound looks fit for the file, and is refused when it comes to it.
            guard sound.isThere else { throw error }
            sound.leaveOut(from: 0, error)
            output = try makeOutput(encoder)
        }
    }

    private func makeOutput(_ encoder: VideoEncoder) throws(PenstockError) -> OutputVideo {
        let output = try OutputVideo(path, container)
        try unsafe encoder.withParameters { (parameters) throws(PenstockError) in
            // The parameters are valid for the length of the call, and copied.
            stream = try unsafe output.addStream(parameters, timeBase: VideoEncoder.timeBase)
        }
        let zero = clock.zero
        try sound.carry(at: 0) { (sound) throws(PenstockError) in try sound.begin(in: output, at: zero) }
        try output.start()
        return output
    }

    private func write(_ packet: UnsafeMutablePointer<AVPacket>) throws(PenstockError) {
        guard let output else { return }
        // The packet is the encoder's, full, and emptied by being written.
        let time = unsafe packet.pointee.pts
        try sound.carry(at: time) { (sound) throws(PenstockError) in try sound.write(until: time, to: output) }
        try unsafe output.write(packet, to: stream, timeBase: VideoEncoder.timeBase)
    }
}
