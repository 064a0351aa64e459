import Foundation

/// Runs the program that was built beside the tests, as a user would.
struct Tool {
    /// What a run left behind.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The output's lines as JSON objects.
        var objects: [[String: Any]] {
            output.split(separator: "\n").map { line in
                (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
            }
        }
    }

    static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("penstock")

    /// The package's folder.
    static let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
        .reduce(URL(fileURLWithPath: "/")) { $0.appendingPathComponent($1) }

    static let model = package.appendingPathComponent("Models/shapes/shapes.xml").path

    /// Runs to the end.
    static func run(
        _ arguments: [String],
        input: Data? = nil,
        folder: URL? = nil,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let run = try start(arguments, folder: folder, environment: environment, input: input)
        return try run.wait()
    }

    static func start(
        _ arguments: [String],
        folder: URL? = nil,
        environment: [String: String] = [:],
        input: Data? = nil,
        pipe: Pipe? = nil
    ) throws -> Running {
        try Running(arguments, folder: folder, environment: environment, input: input, pipe: pipe)
    }

    /// A run that has not ended. Its streams go to files, so that no pipe can fill up.
    final class Running {
        let process = Process()
        private let streams: URL

        init(
            _ arguments: [String],
            folder: URL?,
            environment: [String: String],
            input: Data?,
            pipe: Pipe?
        ) throws {
            streams = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-run-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
            for name in ["in", "out", "err"] {
                try (name == "in" ? input ?? Data() : Data()).write(to: streams.appendingPathComponent(name))
            }
            process.executableURL = Tool.program
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            process.standardInput = try pipe ?? FileHandle(forReadingFrom: streams.appendingPathComponent("in"))
            process.standardOutput = try FileHandle(forWritingTo: streams.appendingPathComponent("out"))
            process.standardError = try FileHandle(forWritingTo: streams.appendingPathComponent("err"))
            try process.run()
        }

        deinit {
            try? FileManager.default.removeItem(at: streams)
        }

        /// What has been printed so far, in whole lines.
        var lines: [String] {
            let data = (try? Data(contentsOf: streams.appendingPathComponent("out"))) ?? Data()
            return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .dropLast().map(String.init)
        }

        /// Waits until something holds; `false` when the program ended, or a minute went by, before that.
        func wait(until holds: (Running) throws -> Bool) rethrows -> Bool {
            for _ in 0..<6000 {
                if try holds(self) { return true }
                if !process.isRunning { return try holds(self) }
                usleep(10_000)
            }
            return false
        }

        func wait() throws -> Outcome {
            process.waitUntilExit()
            let read = { name in
                String(decoding: try Data(contentsOf: self.streams.appendingPathComponent(name)), as: UTF8.self)
            }
            let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
            return Outcome(status: status, output: try read("out"), errors: try read("err"))
        }
    }
}
