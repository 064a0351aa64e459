internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// The filters that make any decoded frame one that H.264 can hold: upright, of even size, in 4:2:0 of limited range.
struct UprightPath {
    let shape: PictureShape
    let orientation: Orientation
    /// The size of the written video; `nil` before the first frame has decided it.
    let target: ImageSize?

    /// The size that a video gets from a first frame of this upright size.
    static func evenSize(_ size: ImageSize) -> ImageSize {
        ImageSize(width: max(2, size.width & ~1), height: max(2, size.height & ~1))
    }

    /// The chain, in FFmpeg's language.
    var description: String {
        (orientation.steps.map(\.description) + sizing + ["format=yuv420p"]).joined(separator: ",")
    }

    /// Why colours need a scaler of their own: what is stored is not what the file will say it is.
    private var colors: String {
        var options: [String] = []
        if shape.isRGB { options.append("out_color_matrix=bt709") }
        return (options + ["out_range=tv"]).joined(separator: ":")
    }

    /// An odd edge is cut off; another size than the first frame's is scaled to it.
    private var sizing: [String] {
        let size = orientation.upright(ImageSize(width: shape.width, height: shape.height))
        let even = Self.evenSize(size)
        let wanted = target ?? even
        guard even == wanted, size.width > 1, size.height > 1 else {
            return ["scale=\(wanted.width):\(wanted.height):flags=bicubic:\(colors)", "setsar=1"]
        }
        let cut = size == even ? [] : ["crop=\(even.width):\(even.height):0:0:exact=1"]
        return needsColors ? ["scale=flags=bicubic:\(colors)"] + cut : cut
    }

    private var needsColors: Bool {
        shape.range == AVCOL_RANGE_JPEG.rawValue || shape.format != AV_PIX_FMT_YUV420P.rawValue
    }
}
