import Foundation
import TestClips

/// What `ffprobe` says of a file.
struct Probe {
    /// A frame's or a packet's time and duration in seconds.
    struct Entry {
        let time: Double
        let duration: Double
    }

    /// The value of one entry of the first stream of a kind (`v` or `a`).
    static func stream(_ path: String, _ kind: String, _ entry: String) throws -> String {
        try FFmpegProgram.run(
            "ffprobe",
            ["-v", "error", "-select_streams", "\(kind):0", "-show_entries", "stream=\(entry)", "-of", "csv=p=0", path]
        ).trimmingCharacters(in: CharacterSet(charactersIn: "\n,"))
    }

    /// The packets of a stream, in the order of the file.
    static func packets(_ path: String, _ kind: String) throws -> [Entry] {
        let lines = try FFmpegProgram.run(
            "ffprobe",
            [
                "-v", "error", "-select_streams", "\(kind):0", "-show_entries", "packet=pts_time,duration_time",
                "-of", "csv=p=0", path,
            ]
        )
        return lines.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ",")
            guard let time = parts.first.flatMap({ Double($0) }) else { return nil }
            return Entry(time: time, duration: parts.dropFirst().first.flatMap { Double($0) } ?? 0)
        }
    }

    /// The grey values of one frame of a video or of a picture, row after row.
    static func gray(_ path: String, frame: Int = 0) throws -> [UInt8] {
        let raw = path + ".\(frame).gray"
        try FFmpegProgram.run(
            "ffmpeg",
            [
                "-v", "error", "-i", path, "-vf", "select=eq(n\\,\(frame)),extractplanes=y", "-frames:v", "1",
                "-f", "rawvideo", raw,
            ]
        )
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: raw)))
    }
}
