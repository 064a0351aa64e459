import Foundation

/// Clips that tests make once and share: each is named after what makes it special.
public enum Clips {
    /// The folder of this run's clips.
    public static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-clips-\(getpid())")
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(at: Clips.folder) }
        return folder
    }()

    private static let lock = NSLock()

    /// The path of a clip, made by `ffmpeg` with these arguments before the output's name if it is not there yet. Clips of
    /// different kinds have different names.
    public static func make(_ name: String, _ arguments: [String]) throws -> String {
        try lock.withLock {
            let path = folder.appendingPathComponent(name).path
            if !FileManager.default.fileExists(atPath: path) { try FFmpegProgram.run("ffmpeg", arguments + [path]) }
            return path
        }
    }

    /// A moving test picture with a time in it: `seconds` long, at `rate` frames a second.
    public static func source(_ size: String = "320x180", seconds: Double = 2, rate: String = "25") -> [String] {
        ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate):duration=\(seconds)"]
    }
}
