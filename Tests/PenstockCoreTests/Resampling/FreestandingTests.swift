import Foundation
import Testing

@Suite("The kernels' sources")
struct FreestandingTests {
    /// The compiler of the toolchain that builds these tests, where it can be found.
    static let clang: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init)
        guard let swift = folders.map({ $0 + "/swift" }).first(where: FileManager.default.isExecutableFile) else {
            return nil
        }
        let folder = URL(filePath: swift).resolvingSymlinksInPath().deletingLastPathComponent()
        let clang = folder.appending(path: "clang").path
        return FileManager.default.isExecutableFile(atPath: clang) ? clang : nil
    }()

    @Test("compile for wasm32 without a system", .enabled(if: clang != nil))
    func compileForWebAssembly() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let folder = root.appending(path: "Sources/CPenstockKernels").standardizedFileURL
        let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".c") }
        #expect(!sources.isEmpty)
        let compiler = Process()
        compiler.executableURL = URL(filePath: Self.clang!)
        compiler.currentDirectoryURL = folder
        compiler.arguments =
            [
                "--target=wasm32-unknown-unknown", "-ffreestanding", "-nostdlib", "-std=c11", "-Wall", "-Wextra",
                "-Werror",
            ]
            + ["-fsyntax-only"] + sources
        try compiler.run()
        compiler.waitUntilExit()
        #expect(compiler.terminationStatus == 0)
    }
}
