import CFFmpeg
import Foundation
import PenstockCore
import PenstockImages
import TestClips
import Testing

@testable import PenstockVideo

/// The colours of a frame, as its video would state them.
struct FrameColors: Sendable, CustomTestStringConvertible {
    var matrix = AVCOL_SPC_UNSPECIFIED
    var range = AVCOL_RANGE_UNSPECIFIED

    /// The options that make FFmpeg's scaler convert to these from RGB; full accuracy both ways.
    var scaling: String {
        let names: [UInt32: String] = [
            AVCOL_SPC_BT709.rawValue: "bt709", AVCOL_SPC_SMPTE170M.rawValue: "smpte170m",
            AVCOL_SPC_BT2020_NCL.rawValue: "bt2020",
        ]
        let side = range == AVCOL_RANGE_JPEG ? "pc" : "tv"
        return "out_color_matrix=\(names[matrix.rawValue] ?? "smpte170m"):out_range=\(side):\(Self.accurate)"
    }

    static let accurate = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp"

    var testDescription: String { "matrix \(matrix.rawValue), range \(range.rawValue)" }
}

/// Frames made of raw planes, without a decoder.
enum RawFrames {
    /// A frame of `format` whose planes are in `bytes` one after another without gaps, as `rawvideo` writes them.
    ///
    /// `alignment` is that of its rows; 1 leaves no room behind the last of them.
    static func frame(
        _ bytes: [UInt8],
        _ size: ImageSize,
        _ format: AVPixelFormat,
        _ colors: FrameColors = FrameColors(),
        orientation: Orientation = .upright,
        alignment: Int32 = 64
    ) -> VideoFrame {
        let pool = FramePool(limit: 1)
        let frame = pool.take()!
        frame.pointee.width = Int32(size.width)
        frame.pointee.height = Int32(size.height)
        frame.pointee.format = format.rawValue
        frame.pointee.colorspace = colors.matrix
        frame.pointee.color_range = colors.range
        precondition(av_frame_get_buffer(frame, alignment) == 0)
        bytes.withUnsafeBufferPointer { source in
            var planes = [UnsafeMutablePointer<UInt8>?](repeating: nil, count: 4)
            var strides = [Int32](repeating: 0, count: 4)
            av_image_fill_arrays(
                &planes,
                &strides,
                source.baseAddress,
                format,
                frame.pointee.width,
                frame.pointee.height,
                1
            )
            var sources = planes.map { UnsafePointer($0) }
            withUnsafeMutablePointer(to: &frame.pointee.data) { data in
                data.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 8) { targets in
                    withUnsafeMutablePointer(to: &frame.pointee.linesize) { sizes in
                        sizes.withMemoryRebound(to: Int32.self, capacity: 8) { steps in
                            av_image_copy(
                                targets,
                                steps,
                                &sources,
                                &strides,
                                format,
                                Int32(size.width),
                                Int32(size.height)
                            )
                        }
                    }
                }
            }
        }
        let moment = FrameMoment(frame: 0)
        return VideoFrame(adopting: frame, from: pool, moment: moment, orientation: orientation)
    }

    /// The raw bytes of the first frame that `ffmpeg` makes with these arguments, in a pixel format.
    static func bytes(_ name: String, _ arguments: [String], format: String) throws -> [UInt8] {
        let path = try Clips.make(
            "\(name).raw",
            arguments + ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", format]
        )
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

/// How far two pictures are from each other, in 8-bit levels.
struct PixelDifference {
    let mean: Double
    let largest: Int

    init(_ left: [UInt8], _ right: [UInt8]) {
        precondition(left.count == right.count && !left.isEmpty, "pictures of one size are compared")
        var (sum, most) = (0, 0)
        for (a, b) in zip(left, right) {
            let difference = abs(Int(a) - Int(b))
            sum += difference
            most = max(most, difference)
        }
        (mean, largest) = (Double(sum) / Double(left.count), most)
    }
}

extension FrameLoader {
    /// What a loader makes of a frame, as bytes.
    static func bytes(_ frame: VideoFrame, _ contract: Preprocessing, convertsWhole: Bool = false) throws -> [UInt8] {
        let loader = FrameLoader(contract, convertsWhole: convertsWhole)
        let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: contract.byteCount, alignment: 64)
        defer { slot.deallocate() }
        try loader.load(frame, into: slot)
        return [UInt8](slot)
    }
}
