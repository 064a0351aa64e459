import Foundation
import PenstockCore
import TestClips

@testable import PenstockVideo

/// Pictures without meaning, the same each time, for comparing exactly.
enum NoisePicture {
    static func make(
        _ layout: PixelLayout,
        _ size: ImageSize = ImageSize(width: 64, height: 48),
        seed: Int = 1
    ) -> PixelBuffer {
        var pixels = PixelBuffer(size: size, layout: layout)
        var state = UInt32(truncatingIfNeeded: seed &* 2_654_435_761 | 1)
        pixels.withMutableBytes { bytes in
            for index in bytes.indices {
                state = state &* 1_664_525 &+ 1_013_904_223
                // Noise on a ramp, so that neither flat areas nor extremes are all there is.
                bytes[index] = UInt8(truncatingIfNeeded: index / 7 % 128 + Int(state >> 25))
            }
        }
        return pixels
    }

    /// A picture of one colour.
    static func flat(_ samples: [UInt8], _ size: ImageSize = ImageSize(width: 64, height: 48)) -> PixelBuffer {
        let layout: PixelLayout = samples.count == 1 ? .gray : samples.count == 3 ? .rgb : .rgba
        var pixels = PixelBuffer(size: size, layout: layout)
        pixels.withMutableBytes { bytes in
            for index in bytes.indices { bytes[index] = samples[index % samples.count] }
        }
        return pixels
    }

    /// What the `ffmpeg` program makes of a picture by filters that end in the layout `result`.
    static func byProgram(
        _ pixels: PixelBuffer,
        _ filters: String,
        as result: PixelLayout,
        _ folder: Scratch
    ) throws -> [UInt8] {
        let (input, output) = (folder.path("in.raw"), folder.path("out.raw"))
        try Data(pixels.bytes).write(to: URL(fileURLWithPath: input))
        try FFmpegProgram.run(
            "ffmpeg",
            [
                "-v", "error", "-f", "rawvideo", "-pix_fmt", pixels.layout.name, "-s",
                "\(pixels.size.width)x\(pixels.size.height)", "-i", input, "-vf", filters + ",format=\(result.name)",
                "-frames:v", "1", "-f", "rawvideo", output,
            ]
        )
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: output)))
    }
}

extension PixelLayout {
    /// FFmpeg's name for it.
    fileprivate var name: String {
        switch self {
        case .gray: "gray"
        case .rgb: "rgb24"
        case .rgba: "rgba"
        }
    }
}
