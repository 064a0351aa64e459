import Foundation
import PenstockCore
import Testing

@testable import PenstockCommands

@Suite struct ResultPlaceTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-\(UUID())")

    private func refuses(_ name: String, holding content: [UInt8]?, isJSON: Bool = true) throws -> Bool {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        if let content { try Data(content).write(to: file) }
        do throws(PenstockError) {
            try ResultPlace.check(FilePath(file.path), of: "--manifest", isJSON: isJSON)
            return false
        } catch {
            #expect(error.message.contains("--manifest"))
            return true
        }
    }

    @Test func `what is no account is not replaced by one`() throws {
        #expect(try refuses("list.txt", holding: Array("a.jpg\n".utf8)))
        #expect(try refuses("noise", holding: [0xFF, 0xD8, 0xFF, 0]))
        #expect(try refuses("cells.csv", holding: [0x50, 0x4B, 3, 4, 0], isJSON: false))
    }

    @Test func `the name of a picture is refused, whether it is there or not`() throws {
        #expect(try refuses("cat.jpg", holding: nil))
        #expect(try refuses("CLIP.MP4", holding: nil))
    }

    @Test func `an earlier account, an empty file and a new name are fine`() throws {
        #expect(try !refuses("m.jsonl", holding: Array("{\"source\":\"a\"}\n".utf8)))
        #expect(try !refuses("empty", holding: []))
        #expect(try !refuses("new.jsonl", holding: nil))
        #expect(try !refuses("cells.csv", holding: Array("source,index\n".utf8), isJSON: false))
    }
}
