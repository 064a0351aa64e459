import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// Each test looks for libraries of its own under a variable of its own, so that nothing installed here is seen.
@Suite final class EngineSearchTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("engines-\(UUID().uuidString)")
    private let search: EngineSearch

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        search = EngineSearch(
            kind: .openvino,
            variable: "PENSTOCK_TEST_\(UUID().uuidString)",
            folders: ["engine"],
            names: ["libpreferred.so", "libother.so"]
        )
        setenv(search.variable, folder.path, 1)
    }

    deinit {
        unsetenv(search.variable)
        try? FileManager.default.removeItem(at: folder)
    }

    private func add(_ names: String...) throws {
        for name in names { try Data("no library".utf8).write(to: folder.appendingPathComponent(name)) }
    }

    private func names(_ paths: [FilePath]) -> [String] {
        paths.map { String(decoding: $0.lastComponent, as: UTF8.self) }
    }

    @Test func `a folder gives its libraries, the best name and the highest version first`() throws {
        try add("libother.so.9", "libpreferred.so.1", "libpreferred.so.2", "libunrelated.so", "notes.txt")
        #expect(names(search.candidates()) == ["libpreferred.so.2", "libpreferred.so.1", "libother.so.9"])
    }

    @Test func `versions are compared as numbers`() throws {
        try add("libother.so.1.9.0", "libother.so.1.31.1", "libother.so.1.31")
        #expect(names(search.candidates()) == ["libother.so.1.31.1", "libother.so.1.31", "libother.so.1.9.0"])
        #expect(VersionOrder.precedes("python3.9".utf8, "python3.10".utf8))
        #expect(!VersionOrder.precedes("python3.10".utf8, "python3.9".utf8))
    }

    @Test func `a library that the system finds and cannot use is told of`() {
        unsetenv(search.variable)
        let absent = "cannot open shared object file: No such file or directory"
        let broken = #expect(throws: PenstockError.self) {
            _ = try EngineLibrary<Int>.open(self.search) { path in
                let isPreferred = path == "libpreferred.so"
                return .failure(EngineRefusal(isPreferred ? "libneeded.so: \(absent)" : "\(path): \(absent)"))
            }
        }
        #expect(broken?.code == .engineBroken && broken?.message.contains("libneeded.so") == true)
        let missing = #expect(throws: PenstockError.self) {
            _ = try EngineLibrary<Int>.open(self.search) { .failure(EngineRefusal("\($0): \(absent)")) }
        }
        #expect(missing?.code == .engineMissing)
    }

    @Test func `the first that loads is taken and those before it are passed over`() throws {
        try add("libpreferred.so.1", "libother.so.1")
        let library = try EngineLibrary<Int>.open(search) { path in
            path.lastComponent.starts(with: "libother".utf8) ? .success(7) : .failure(EngineRefusal("it is torn"))
        }
        #expect(library.functions == 7 && names([library.path]) == ["libother.so.1"])
    }

    @Test func `what the variable names is all that is looked at, and told of when it cannot be used`() throws {
        try add("libpreferred.so.1")
        let error = #expect(throws: PenstockError.self) {
            _ = try EngineLibrary<Int>.open(self.search) { path in
                #expect(path.bytes.contains(UInt8(ascii: "/")), "the system's own search is not asked")
                return .failure(EngineRefusal("\(path): it is torn"))
            }
        }
        let file = folder.appendingPathComponent("libpreferred.so.1").path
        #expect(
            error?.message == "\(search.variable) names \(folder.path), which cannot be used: \(file): it is torn. "
                + "Correct it, or unset it to have Penstock look."
        )
        #expect(error?.code == .engineBroken)
    }

    @Test(arguments: ["", "/nowhere", "/nowhere/libpreferred.so.1"])
    func `a variable that names nothing is an error that says so, unless it is empty`(path: String) {
        setenv(search.variable, path, 1)
        let error = #expect(throws: PenstockError.self) {
            _ = try EngineLibrary<Int>.open(self.search) { path in
                .failure(EngineRefusal("\(path): cannot open shared object file: No such file or directory"))
            }
        }
        #expect(error?.message.contains(path.isEmpty ? "not installed" : "there is no libpreferred.so") == true)
        #expect(error?.message.contains("`make engine`") == path.isEmpty)
        #expect(error?.code == (path.isEmpty ? .engineMissing : .engineBroken))
    }
}

@Suite struct EngineKindTests {
    @Test func `an engine is opened once and shared`() throws {
        let first = try EngineKind.openvino.open()
        #expect(try EngineKind.openvino.open() as AnyObject === first as AnyObject)
    }

    @Test func `every format is read by an engine that is preferred for it`() {
        let formats: [ModelFile.Format] = [.openvinoIR, .onnx, .savedModel, .frozenGraph, .tflite]
        #expect(formats.allSatisfy { format in EngineKind.allCases.contains { $0.formats.contains(format) } })
    }

    @Test(.enabled(if: (try? EngineKind.openvino.open()) != nil))
    func `OpenVINO tells its devices and their arithmetic`() throws {
        let devices = try EngineKind.openvino.open().devices
        let cpu = try #require(devices.first { $0.name == "CPU" })
        #expect(!cpu.description.isEmpty && cpu.precisions.contains(.f32))
    }
}
