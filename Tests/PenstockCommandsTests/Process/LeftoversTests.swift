import Foundation
import PenstockCommands
import PenstockCore
import Testing

@Suite struct LeftoversTests {
    @Test func removesWhatAKilledJobLeftAndNothingElse() throws {
        let folder = try TemporaryFolder()
        let left = [
            ".penstock-0.partial", ".penstock-12.partial.mp4", ".penstock.4711.probe", "deep/.penstock-3.partial",
        ]
        let kept = [
            ".penstock-.partial", ".penstock-a.partial", ".penstock.probe", ".penstock..probe", ".penstock.4a.probe",
            "penstock-0.partial", "deep/a.jpg",
        ]
        try FileManager.default.createDirectory(atPath: folder.path + "/deep", withIntermediateDirectories: true)
        for name in left + kept { try Data().write(to: URL(fileURLWithPath: folder.path + "/" + name)) }
        Leftovers.remove(from: FilePath(folder.path))
        for name in left { #expect(!FileManager.default.fileExists(atPath: folder.path + "/" + name), "\(name)") }
        for name in kept { #expect(FileManager.default.fileExists(atPath: folder.path + "/" + name), "\(name)") }
    }
}
