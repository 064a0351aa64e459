import Foundation
import Synchronization

/// Runs the `ffmpeg` and `ffprobe` programs, against whose answers the library is held.
public enum FFmpegProgram {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Runs a program to its end and returns what it printed.
    @discardableResult
    public static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + (program == "ffmpeg" ? ["-nostdin", "-hide_banner", "-y"] : []) + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // The pipes are read side by side: either may fill up first.
        let said = Mutex(Data())
        let isRead = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            let data = errors.fileHandleForReading.readDataToEndOfFile()
            said.withLock { $0 = data }
            isRead.signal()
        }
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        isRead.wait()
        guard process.terminationStatus == 0 else {
            let words = String(decoding: said.withLock { $0 }, as: UTF8.self).suffix(600)
            throw Failure(description: "\(program) \(arguments): \(words)")
        }
        return String(decoding: printed, as: UTF8.self)
    }
}
