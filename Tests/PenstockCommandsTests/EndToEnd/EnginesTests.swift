import Foundation
import Testing

/// `penstock engines`, and what becomes of libraries that are no engines.
@Suite struct EnginesTests {
    private static let variables = ["OPENVINO", "TENSORFLOW", "ONNXRUNTIME"].map { "PENSTOCK_\($0)_PATH" }
    private static let names = ["libopenvino_c.so", "libtensorflow_cc.so.2", "libonnxruntime.so.1"]
    private static let model = Tool.package.appendingPathComponent("Models/shapes/shapes.onnx").path

    /// A library of this system that is no engine, under any name.
    private static let library = ["/lib/x86_64-linux-gnu/libz.so.1", "/usr/lib64/libz.so.1"].first {
        FileManager.default.fileExists(atPath: $0)
    }.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }

    /// Ways to be no engine: each makes what stands at a path, and the words by which it is refused.
    enum Impostor: String, CaseIterable {
        case text, empty, otherLibrary, folder, nothing

        func make(at path: URL) throws -> String {
            switch self {
            case .text:
                try Data("this is no library\n".utf8).write(to: path)
                return "file too short"
            case .empty:
                try Data().write(to: path)
                return "file too short"
            case .otherLibrary:
                guard let library = EnginesTests.library else { return "" }
                try FileManager.default.copyItem(atPath: library, toPath: path.path)
                return "no function"
            case .folder:
                try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
                return "irectory"
            case .nothing:
                return "there is no"
            }
        }
    }

    private func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("engines-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    @Test func `lists every engine with what it is, for people and for programs`() throws {
        let text = try Tool.run(["engines"])
        #expect(text.status == 0 && text.errors.isEmpty, "\(text.errors)")
        for word in ["openvino", "tensorflow", "onnxruntime", "CPU", "f32", "ONNX"] {
            #expect(text.output.contains(word), "\(word)")
        }
        let facts = try Tool.run(["engines", "--format", "json"]).objects
        #expect(facts.map { $0["engine"] as? String } == ["openvino", "tensorflow", "onnxruntime"])
        let first = try #require(facts.first)
        #expect(first["state"] as? String == "ready" && first["install"] as? String == "make engine")
        #expect((first["library"] as? String)?.contains("libopenvino_c.so") == true)
        #expect((first["formats"] as? [String])?.contains("TensorFlow SavedModel") == true)
    }

    @Test(arguments: [("openvino", "shapes.onnx"), ("tensorflow", "saved_model"), ("onnxruntime", "shapes.onnx")])
    func `a reader that has gone ends a job without a crash`(engine: String, model: String) throws {
        let pictures = Tool.package.appendingPathComponent("Examples/pictures").path
        let path = Tool.package.appendingPathComponent("Models/shapes/\(model)").path
        let inputs = Array(repeating: pictures, count: 5).joined(separator: " ")
        let command = "\(Tool.program.path) classify \(inputs) --engine \(engine) --model \(path)"
        for _ in 0..<3 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["-c", "\(command) 2>/dev/null | head -1 >/dev/null; exit ${PIPESTATUS[0]}"]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(engine)")
        }
    }

    @Test(arguments: Impostor.allCases)
    func `what is no engine is told of and ends nothing`(impostor: Impostor) throws {
        try inFolder { folder in
            var environment: [String: String] = [:]
            var reasons: [String] = []
            for (variable, name) in zip(Self.variables, Self.names) {
                let path = folder.appendingPathComponent(name)
                reasons.append(try impostor.make(at: path))
                environment[variable] = path.path
            }
            let outcome = try Tool.run(["engines", "--format", "json"], environment: environment)
            #expect(outcome.status == 3 && outcome.errors.isEmpty, "\(outcome.errors)")
            #expect(outcome.objects.count == 3)
            for ((facts, variable), reason) in zip(zip(outcome.objects, Self.variables), reasons) {
                let message = facts["error"] as? String ?? ""
                #expect(facts["state"] as? String == "broken")
                #expect(message.hasPrefix("\(variable) names ") && message.contains(reason), "\(message)")
            }
        }
    }

    @Test(arguments: Impostor.allCases)
    func `a model for which no engine is left names the one that is preferred`(impostor: Impostor) throws {
        try inFolder { folder in
            let environment = try Dictionary(
                uniqueKeysWithValues: zip(Self.variables, Self.names).map { variable, name in
                    let path = folder.appendingPathComponent(name)
                    _ = try impostor.make(at: path)
                    return (variable, path.path)
                }
            )
            let outcome = try Tool.run(["inspect", Self.model], environment: environment)
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("PENSTOCK_OPENVINO_PATH names "), "\(outcome.errors)")
        }
    }

    @Test func `options that do not go together are refused by name`() throws {
        let signature = try Tool.run(["inspect", Self.model, "--signature", "serve"])
        #expect(signature.status == 3 && signature.errors.contains("leave --signature out"))
        let folder = Tool.package.appendingPathComponent("Models/shapes/saved_model").path
        let byName = try Tool.run(["inspect", folder, "--engine", "openvino", "--signature", "serve"])
        #expect(byName.status == 3 && byName.errors.contains("--engine tensorflow"))
        let engine = try Tool.run(["inspect", folder, "--engine", "onnxruntime"])
        #expect(engine.status == 3 && engine.errors.contains("OpenVINO and TensorFlow do"))
        let tensor = try Tool.run(["inspect", Self.model, "--input-tensor", "imag"])
        #expect(tensor.status == 1 && tensor.output.contains("no input named imag"))
    }

    // MARK: - Passed over

    /// The engines that can be used here.
    private static let ready: Set<String> = {
        let facts = (try? Tool.run(["engines", "--format", "json"]).objects) ?? []
        return Set(facts.filter { $0["state"] as? String == "ready" }.compactMap { $0["engine"] as? String })
    }()

    @Test(arguments: [("shapes.onnx", "onnxruntime", "ONNX Runtime"), ("saved_model", "tensorflow", "TensorFlow")])
    func `a broken engine is passed over with a note for another that reads the model`(
        model: String,
        engine: String,
        product: String
    ) throws {
        guard Self.ready.contains(engine) else { return }
        let broken = ["PENSTOCK_OPENVINO_PATH": Tool.package.appendingPathComponent("README.md").path]
        let path = Tool.package.appendingPathComponent("Models/shapes/\(model)").path
        let picture = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg").path
        let outcome = try Tool.run(["classify", picture, "--model", path], environment: broken)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect((outcome.objects.first?["top"] as? [[String: Any]])?.first?["label"] as? String == "star")
        #expect(outcome.errors.contains("\(product) runs the model in place of OpenVINO, which could not."))
        #expect(outcome.errors.contains("PENSTOCK_OPENVINO_PATH"))
        let inspection = try #require(
            Tool.run(["inspect", path, "--format", "json"], environment: broken).objects.first
        )
        #expect((inspection["engine"] as? String)?.hasPrefix(engine) == true)
        #expect((inspection["notes"] as? [String])?.count == 1)
    }

    /// A library that has only what the first releases of each engine had.
    @Test(.enabled(if: Compiler.clang != nil, "there is no clang to make the library with"))
    func `a library that is too old is refused by name`() throws {
        try inFolder { folder in
            let source = folder.appendingPathComponent("old.c")
            try Data(Self.old.utf8).write(to: source)
            let library = folder.appendingPathComponent("library.so")
            try Compiler.makeLibrary(library, from: source)
            var environment: [String: String] = [:]
            for (variable, name) in zip(Self.variables, Self.names) {
                let path = folder.appendingPathComponent(name)
                try FileManager.default.copyItem(at: library, to: path)
                environment[variable] = path.path
            }
            let outcome = try Tool.run(["engines", "--format", "json"], environment: environment)
            #expect(outcome.status == 3, "\(outcome.errors)")
            #expect(outcome.objects.map { $0["state"] as? String } == ["broken", "broken", "broken"])
            let messages = outcome.objects.map { $0["error"] as? String ?? "" }
            #expect(messages[0].contains("ov_") && messages[1].contains("TF_"), "\(messages)")
            #expect(messages[2].contains("1.2.0"), "\(messages[2])")
        }
    }

    private static let old = """
        #include <stddef.h>
        #include <stdint.h>
        int ov_get_openvino_version(void *version) { return 0; }
        const char *TF_Version(void) { return "1.0.0"; }
        static const void *api(uint32_t version) { return NULL; }
        static const char *version(void) { return "1.2.0"; }
        static const struct { const void *(*api)(uint32_t); const char *(*version)(void); } base = {api, version};
        const void *OrtGetApiBase(void) { return &base; }
        """
}

/// The compiler of the toolchain that builds these tests.
private enum Compiler {
    static let clang: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init)
        return folders.map { $0 + "/clang" }.first(where: FileManager.default.isExecutableFile)
    }()

    static func makeLibrary(_ library: URL, from source: URL) throws {
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: clang!)
        compiler.arguments = ["-shared", "-fPIC", "-o", library.path, source.path]
        try compiler.run()
        compiler.waitUntilExit()
        #expect(compiler.terminationStatus == 0)
    }
}
