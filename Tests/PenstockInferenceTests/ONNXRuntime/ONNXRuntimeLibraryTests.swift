import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// Files that bear the library's name and are not it.
@Suite struct ONNXRuntimeLibraryTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func refusal(_ file: URL) -> String? {
        guard case .failure(let refusal) = ONNXRuntimeLibrary.load(FilePath(file.path)) else { return nil }
        return refusal.reason
    }

    /// Compiles a library out of a few lines of C.
    private func built(_ source: String) throws -> URL {
        let text = folder.appendingPathComponent("stub.c")
        let library = folder.appendingPathComponent("libonnxruntime.so")
        try source.write(to: text, atomically: true, encoding: .utf8)
        let compiler = try Process.run(
            URL(fileURLWithPath: Compiler.path),
            arguments: ["-shared", "-fPIC", "-o", library.path, text.path]
        )
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0)
        return library
    }

    private enum Compiler {
        static let path = "/usr/bin/cc"
        static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
        static let remedy: Comment = "there is no /usr/bin/cc to make a library with"
    }

    @Test func `refuses a file that is no library`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("libonnxruntime.so")
        try Data("not a library".utf8).write(to: file)
        #expect(refusal(file)?.isEmpty == false)
        #expect(refusal(folder.appendingPathComponent("nowhere.so"))?.contains("nowhere.so") == true)
    }

    @Test(.enabled(if: Compiler.isThere, Compiler.remedy)) func `refuses a library of another kind`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(refusal(try built("int nothing;"))?.contains("OrtGetApiBase") == true)
    }

    @Test(.enabled(if: Compiler.isThere, Compiler.remedy)) func `refuses a release that is too old, by its version`()
        throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let reason = refusal(try built(stub(version: "1.5.2", table: "0")))
        #expect(reason == "it is ONNX Runtime 1.5.2, and 1.6 or a later one is needed")
    }

    @Test(
        .enabled(if: Compiler.isThere, Compiler.remedy),
        arguments: [
            ("1.30.0", "0", "has no functions"), ("2.0.0", "functions", "at place 2"), ("x", "0", "Runtime x,"),
        ]
    )
    func `refuses a release that lacks the functions`(version: String, table: String, reason: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(refusal(try built(stub(version: version, table: table)))?.contains(reason) == true)
    }

    /// A library that says its version and hands out a table.
    private func stub(version: String, table: String) -> String {
        """
        static const void *functions[400];
        static const void *find(unsigned number) { return \(table); }
        static const char *version(void) { return "\(version)"; }
        static const struct { const void *(*find)(unsigned); const char *(*version)(void); } base = {find, version};
        const void *OrtGetApiBase(void) { return &base; }
        """
    }
}
