import CFFmpeg
import Foundation
import PenstockCore
import PenstockImages
import PenstockVideo
import TestClips

/// A frame as it is compared: the checksum of its stored planes, and its time.
struct FrameFacts: Hashable, CustomStringConvertible {
    var checksum: String
    var time: String?

    var description: String { "\(checksum)@\(time ?? "-")" }
}

/// What the `ffmpeg` and `ffprobe` programs make of a clip.
enum ReferenceFrames {
    /// Every frame that `ffmpeg` gives out, from first to last.
    static func all(_ path: String, threads: Int = 1, input: [String] = []) throws -> [FrameFacts] {
        let hashes = try checksums(path, threads: threads, input: input)
        let times = try times(path, input: input)
        return zip(hashes, times + Array(repeating: nil, count: max(0, hashes.count - times.count)))
            .map { FrameFacts(checksum: $0, time: $1) }
    }

    /// The checksums of the raw planes.
    static func checksums(_ path: String, threads: Int = 1, input: [String] = []) throws -> [String] {
        let text = try FFmpegProgram.run(
            "ffmpeg",
            ["-v", "quiet", "-threads", "\(threads)"] + input + [
                "-noautorotate", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framehash", "-hash",
                "CRC32", "-",
            ]
        )
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: ",").last!.trimmingCharacters(in: .whitespaces)
        }
    }

    /// The times that `ffprobe` prints.
    static func times(_ path: String, input: [String] = []) throws -> [String?] {
        let text = try FFmpegProgram.run(
            "ffprobe",
            ["-v", "quiet"] + input + [
                "-threads", "1", "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time", "-of",
                "csv=p=0", path,
            ]
        )
        return text.split(separator: "\n").map {
            let field = $0.split(separator: ",", omittingEmptySubsequences: false)[0]
            return field == "N/A" ? nil : String(field)
        }
    }
}

/// Everything that a `VideoInput` gives out.
struct DecodedClip {
    var description = VideoDescription()
    var frames: [FrameFacts] = []
    var moments: [FrameMoment] = []
    var sizes: [ImageSize] = []
    var damaged: [Bool] = []
    var failures: [(moment: FrameMoment?, error: PenstockError)] = []

    init(_ location: VideoLocation, _ change: (inout VideoOptions) -> Void = { _ in }) throws {
        var options = VideoOptions()
        change(&options)
        let pool = FramePool(limit: 1)
        let input = try VideoInput(location, options: options, pool: pool, stopping: CancellationFlag())
        description = input.description
        while let element = input.next() {
            switch element {
            case .frame(let frame): take(frame)
            case .failure(let moment, let error): failures.append((moment, error))
            }
        }
    }

    init(_ path: String, _ change: (inout VideoOptions) -> Void = { _ in }) throws {
        try self.init(.file(FilePath(path)), change)
    }

    init(_ path: String, _ sampling: VideoSampling) throws {
        try self.init(path) { $0.sampling = sampling }
    }

    private mutating func take(_ frame: VideoFrame) {
        moments.append(frame.moment)
        sizes.append(frame.size)
        damaged.append(frame.isDamaged)
        frames.append(FrameFacts(checksum: frame.checksum, time: frame.moment.time.map(\.sixDigits)))
    }
}

extension VideoFrame {
    /// The checksum of the stored planes, as `-f framehash -hash CRC32` prints it.
    var checksum: String {
        let frame = pointer.pointee
        let format = AVPixelFormat(frame.format)
        let size = Int(av_image_get_buffer_size(format, frame.width, frame.height, 1))
        var bytes = [UInt8](repeating: 0, count: size)
        var planes = withUnsafeBytes(of: frame.data) { Array($0.bindMemory(to: UnsafePointer<UInt8>?.self)) }
        var strides = withUnsafeBytes(of: frame.linesize) { Array($0.bindMemory(to: Int32.self)) }
        av_image_copy_to_buffer(&bytes, Int32(size), &planes, &strides, format, frame.width, frame.height, 1)
        let table = av_crc_get_table(AV_CRC_32_IEEE_LE)
        let sum = av_crc(table, 0xFFFF_FFFF, bytes, size) ^ 0xFFFF_FFFF
        return String(format: "%08x", sum)
    }
}

extension Duration {
    /// The time as `ffprobe` prints it.
    var sixDigits: String {
        String(format: "%.6f", Double(components.seconds) + Double(components.attoseconds) / 1e18)
    }
}
