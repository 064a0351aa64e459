import Foundation
import PenstockCommands
import Testing

@Suite struct CompletionsTests {
    private static let commands = DescribedCommands.all

    /// Has the shell itself read the script.
    private func check(_ shell: CompletionShell) throws {
        let script = try TemporaryFile(shell.script(Self.commands))
        let result = try Program.run(try #require(Program.find(shell.rawValue)), ["-n", script.path])
        #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }

    @Test func bashReadsItsScript() throws { try check(.bash) }

    @Test(.enabled(if: Program.find("zsh") != nil, "zsh is not installed here"))
    func zshReadsItsScript() throws { try check(.zsh) }

    @Test(.enabled(if: Program.find("fish") != nil, "fish is not installed here"))
    func fishReadsItsScript() throws { try check(.fish) }

    @Test(
        .enabled(if: Program.find("fish") != nil, "fish is not installed here"),
        arguments: [
            ("penstock cl", ["classify"]), ("penstock classify --format ", ["csv", "jsonl", "table"]),
            ("penstock classify --max", ["--max-pixels", "--max-wait"]), ("penstock classify --top ", []),
            ("penstock inspect --format j", ["json"]), ("penstock process --flip ", ["horizontal", "vertical"]),
        ]
    )
    func fishOffers(_ line: String, _ expected: [String]) throws {
        let script = try TemporaryFile(CompletionShell.fish.script(Self.commands))
        let fish = try #require(Program.find("fish"))
        let result = try Program.run(fish, ["--no-config", "-c", "source \(script.path); complete -C '\(line)'"])
        let words = result.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) }
        #expect(words == expected, "\(result.error)")
    }

    /// What bash offers for a line whose last word is being typed.
    private func offers(_ words: [String], in folder: String = "/") throws -> [String] {
        let script = try TemporaryFile(
            CompletionShell.bash.script(Self.commands) + """
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                _penstock
                printf '%s\\n' "${COMPREPLY[@]}"
                """
        )
        let bash = try #require(Program.find("bash"))
        let result = try Program.run(bash, [script.path] + words, in: folder)
        #expect(result.error.isEmpty, "\(result.error)")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test func bashOffersCommands() throws {
        #expect(try offers(["penstock", "cl"]) == ["classify"])
        #expect(try offers(["penstock", "--v"]) == ["--version"])
    }

    @Test func bashOffersOptions() throws {
        #expect(try offers(["penstock", "classify", "x", "--max"]) == ["--max-pixels", "--max-age", "--max-wait"])
        #expect(try offers(["penstock", "inspect", "--max"]) == [])
    }

    @Test func bashOffersValues() throws {
        #expect(try offers(["penstock", "classify", "--format", ""]) == ["jsonl", "csv", "table"])
        #expect(try offers(["penstock", "inspect", "--format", "j"]) == ["json"])
        #expect(try offers(["penstock", "classify", "--color", "=", "b"]) == ["bgr"])
        #expect(try offers(["penstock", "classify", "--color", "="]) == ["rgb", "bgr"])
        #expect(try offers(["penstock", "classify", "--top", ""]) == [])
        #expect(try offers(["penstock", "process", "--flip", "v"]) == ["vertical"])
        #expect(try offers(["penstock", "process", "--gray", "--fit", "co"]) == ["contain", "cover"])
    }

    @Test func zshOffersAgainWhatMayBeGivenSeveralTimes() {
        let script = CompletionShell.zsh.script(Self.commands)
        #expect(script.contains("'*--resize=[") && script.contains("'*--gray[") && script.contains("'--to=["))
    }

    @Test func bashOffersFilesWithSpacesWhole() throws {
        let folder = try TemporaryFolder()
        try "".write(toFile: folder.path + "/my cat.jpg", atomically: false, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: folder.path + "/my models", withIntermediateDirectories: false)
        #expect(try offers(["penstock", "classify", "my"], in: folder.path).sorted() == ["my cat.jpg", "my models"])
        #expect(try offers(["penstock", "classify", "--cache-dir", "m"], in: folder.path) == ["my models"])
        #expect(try offers(["penstock", "classify", "--model", "my c"], in: folder.path) == ["my cat.jpg"])
    }
}

/// A folder that goes when the test ends.
final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "penstock-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// A file that goes when the test ends.
final class TemporaryFile {
    private let folder: TemporaryFolder
    var path: String { folder.path + "/file" }

    init(_ text: String) throws {
        folder = try TemporaryFolder()
        try text.write(toFile: folder.path + "/file", atomically: false, encoding: .utf8)
    }
}

/// Runs other programs.
enum Program {
    static func find(_ name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func run(
        _ path: String,
        _ arguments: [String],
        in folder: String = "/"
    ) throws -> (status: Int32, output: String, error: String) {
        let process = Process()
        let output = Pipe()
        let error = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        (process.standardOutput, process.standardError) = (output, error)
        try process.run()
        // What these programs print fits in a pipe, so one can be read after the other.
        let texts = [output, error].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        return (process.terminationStatus, texts[0], texts[1])
    }
}
