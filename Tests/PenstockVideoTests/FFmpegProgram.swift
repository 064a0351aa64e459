import Foundation

/// Runs the `ffmpeg` and `ffprobe` programs, against whose answers the library is held.
enum FFmpegProgram {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a program to its end and returns what it printed.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + (program == "ffmpeg" ? ["-nostdin", "-hide_banner", "-y"] : []) + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // The pipes are read side by side: either may fill up first.
        nonisolated(unsafe) var said = Data()
        let reader = Thread { said = errors.fileHandleForReading.readDataToEndOfFile() }
        reader.start()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        while !reader.isFinished { usleep(1000) }
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) \(arguments): \(String(decoding: said, as: UTF8.self).suffix(600))")
        }
        return String(decoding: printed, as: UTF8.self)
    }
}

/// Clips that tests make once and share: each is named after what makes it special.
enum Clips {
    /// The folder of this run's clips.
    static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-clips-\(getpid())")
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }()

    private static let lock = NSLock()

    /// The path of a clip, made by `ffmpeg` with these arguments before the output's name if it is not there yet.
    static func make(_ name: String, _ arguments: [String]) throws -> String {
        try lock.withLock {
            let path = folder.appendingPathComponent(name).path
            if !FileManager.default.fileExists(atPath: path) { try FFmpegProgram.run("ffmpeg", arguments + [path]) }
            return path
        }
    }

    /// A moving test picture with a time in it: `seconds` long, at `rate` frames a second.
    static func source(_ size: String = "320x180", seconds: Double = 2, rate: String = "25") -> [String] {
        ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate):duration=\(seconds)"]
    }
}
