import CFFmpeg
import Foundation
import PenstockCore
import TestClips
import Testing

@testable import PenstockVideo

/// A way in which frames come, and what resizing their planes first may change.
struct FrameKind: Sendable, CustomTestStringConvertible {
    let format: AVPixelFormat
    let colors: FrameColors

    var name: String { String(cString: av_get_pix_fmt_name(format)) }
    var testDescription: String { "\(name), \(colors.testDescription)" }

    init(_ format: AVPixelFormat, _ matrix: AVColorSpace, _ range: AVColorRange) {
        self.format = format
        colors = FrameColors(matrix: matrix, range: range)
    }

    /// Every matrix and range at 8 bits, and every other layout under some of them.
    static let all: [FrameKind] =
        [AVCOL_SPC_SMPTE170M, AVCOL_SPC_BT709, AVCOL_SPC_BT2020_NCL].flatMap { matrix in
            [AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG].flatMap { range in
                [AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV444P].map { FrameKind($0, matrix, range) }
            }
        } + [
            FrameKind(AV_PIX_FMT_NV12, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_NV21, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG),
            FrameKind(AV_PIX_FMT_NV24, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_YUV420P10LE, AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_YUV420P10LE, AVCOL_SPC_SMPTE170M, AVCOL_RANGE_JPEG),
            FrameKind(AV_PIX_FMT_YUV422P10LE, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_YUV444P10LE, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG),
            FrameKind(AV_PIX_FMT_YUV444P10LE, AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_YUV420P12LE, AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_P010LE, AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG),
            FrameKind(AV_PIX_FMT_P010LE, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG),
        ]

    /// Whether chroma has a sample for every pixel.
    var isWhole: Bool {
        let layout = av_pix_fmt_desc_get(format).pointee
        return layout.log2_chroma_w == 0 && layout.log2_chroma_h == 0
    }

    /// Whether one row of chroma covers two of luma.
    var halvesHeight: Bool { av_pix_fmt_desc_get(format).pointee.log2_chroma_h == 1 }

    /// Whether samples have more than 8 bits.
    var isDeep: Bool { av_pix_fmt_desc_get(format).pointee.comp.0.depth > 8 }
}

@Suite struct FrameDifferenceTests {
    static let size = ImageSize(width: 320, height: 180)
    static let contract = Preprocessing(size: ImageSize(width: 96, height: 64), elementType: .uint8)

    private static func raw(_ scene: String, _ kind: FrameKind) throws -> [UInt8] {
        let name = "\(scene)-\(kind.name)-\(kind.colors.matrix.rawValue)-\(kind.colors.range.rawValue)"
        let arguments = [
            "-f", "lavfi", "-i", "\(scene)=size=320x180", "-vf", "format=rgb24,scale=\(kind.colors.scaling)",
        ]
        return try RawFrames.bytes(name, arguments, format: kind.name)
    }

    /// The frame as RGB, by the `ffmpeg` program at full accuracy, and then resized exactly.
    private static func reference(_ scene: String, _ kind: FrameKind) throws -> [UInt8] {
        let name = "\(scene)-\(kind.name)-\(kind.colors.matrix.rawValue)-\(kind.colors.range.rawValue)"
        let input = Clips.folder.appendingPathComponent("\(name).raw").path
        let colors = kind.colors.scaling.replacingOccurrences(of: "out_", with: "in_")
            .replacingOccurrences(of: "bicubic", with: kind.halvesHeight ? "bicubic" : "bilinear")
        let pixels = try RawFrames.bytes(
            "\(name)-rgb",
            [
                "-f", "rawvideo", "-pix_fmt", kind.name, "-video_size", "320x180", "-i", input, "-vf",
                "scale=\(colors):out_range=pc,format=rgb24",
            ],
            format: "rgb24"
        )
        return try FrameLoader.bytes(RawFrames.frame(pixels, size, AV_PIX_FMT_RGB24), contract)
    }

    /// Tolerances in 8-bit levels: `mandelbrot` is a picture of soft and sharp edges in all colours, `testsrc2` has
    /// saturated edges, a pixel wide, everywhere.
    @Test(arguments: FrameKind.all)
    func `resizing planes first changes little`(kind: FrameKind) throws {
        let scenes = kind.colors.matrix == AVCOL_SPC_BT709 ? ["mandelbrot", "testsrc2"] : ["mandelbrot"]
        for scene in scenes {
            let frame = try RawFrames.frame(Self.raw(scene, kind), Self.size, kind.format, kind.colors)
            let fast = try FrameLoader.bytes(frame, Self.contract)
            let exact = try FrameLoader.bytes(frame, Self.contract, convertsWhole: true)
            let apart = PixelDifference(fast, exact)
            let mean = kind.isWhole ? 0.6 : 1.4
            #expect(apart.mean <= mean && apart.largest <= (kind.isWhole ? 4 : 36), "\(scene): \(apart)")
        }
    }

    /// Where chroma is halved across only, FFmpeg's bilinear interpolation is ours; down the columns it takes the nearest
    /// row or the mean of two instead, so the other layouts are held to its bicubic one, which differs at sharp edges.
    @Test(arguments: FrameKind.all)
    func `converting whole frames gives what ffmpeg gives`(kind: FrameKind) throws {
        let frame = try RawFrames.frame(Self.raw("mandelbrot", kind), Self.size, kind.format, kind.colors)
        let exact = try FrameLoader.bytes(frame, Self.contract, convertsWhole: true)
        let apart = try PixelDifference(exact, Self.reference("mandelbrot", kind))
        // FFmpeg ends the full range of deep samples at 256 levels of 8 bits, not at 255.
        let isLonger = kind.isDeep && kind.colors.range == AVCOL_RANGE_JPEG
        let mean = (kind.halvesHeight ? 0.6 : 0.01) + (isLonger ? 0.5 : 0)
        #expect(apart.mean <= mean && apart.largest <= (kind.halvesHeight ? 18 : 1), "\(apart)")
    }
}
