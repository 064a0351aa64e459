import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct ModelFileIntegrityTests {
    @Test(arguments: [("model.onnx", "external data"), ("graph.pb", "SavedModel"), ("saved_model.pb", "variables")])
    func `more than two gigabytes in one piece are told of without being read`(name: String, advice: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("large-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        // A file with a hole takes no room.
        #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 3 << 30)
        try handle.close()
        let error = #expect(throws: PenstockError.self) {
            try ModelFile(FilePath(folder.path)).checkIntegrity()
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.message.contains("2 GB") == true && error?.message.contains(advice) == true)
    }
}
