package import CFFmpeg
internal import Glibc

/// What a filter graph must know of the frames that it will be given.
package struct FilterInput: Hashable, Sendable {
    /// The filter that takes frames in.
    let source: String
    /// The filter that gives frames out.
    let sink: String
    /// What the filter that takes frames in is told about them.
    let arguments: String
}

extension FilterInput {
    /// Pictures of one shape, whose times count in `timeBase`, so many a second where that is known.
    package init(_ shape: PictureShape, timeBase: AVRational, rate: AVRational? = nil) {
        source = "buffer"
        sink = "buffersink"
        arguments =
            "video_size=\(shape.width)x\(shape.height):pix_fmt=\(shape.format):"
            + "time_base=\(timeBase.num)/\(timeBase.den):pixel_aspect=\(shape.aspectWidth)/\(shape.aspectHeight)"
            + (rate.map { ":frame_rate=\($0.num)/\($0.den)" } ?? "")
    }

    /// Sound like that of a decoded frame, whose times count in samples.
    init(soundLike frame: UnsafeMutablePointer<AVFrame>) {
        source = "abuffer"
        sink = "abuffersink"
        // The frame is readable for the length of the call.
        let rate = unsafe frame.pointee.sample_rate
        var name = [CChar](repeating: 0, count: 256)
        let length = unsafe av_channel_layout_describe(&frame.pointee.ch_layout, &name, name.count)
        let layout =
            length > 0
            ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "stereo"
        let format = unsafe frame.pointee.format
        arguments = "time_base=1/\(rate):sample_rate=\(rate):sample_fmt=\(format):channel_layout=\(layout)"
    }
}
