import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct ProtobufMessageTests {
    /// A message of these bytes. What is mapped stays when the file's name goes.
    private func message(_ bytes: [UInt8]) throws -> ProtobufMessage {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pb")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return ProtobufMessage(try MappedFile(FilePath(file.path)))
    }

    private var sample: [UInt8] {
        var inner = ProtobufBytes()
        inner.add(1, 300)
        var message = ProtobufBytes()
        message.add(1, "first")
        message.add(1, "second")
        message.add(2, inner)
        message.add(4000, UInt64.max)
        return message.bytes
    }

    @Test func `reads what is written`() throws {
        let message = try message(sample)
        #expect(try message.strings(1) == ["first", "second"])
        #expect(try message.string(1) == "second")
        #expect(try message.message(2)?.integer(1) == 300)
        #expect(try message.integer(4000) == -1)
        #expect(try message.messages(3).isEmpty)
        #expect(try message.integer(5) == 0)
        #expect(message.isWhole)
    }

    @Test func `passes over fields of fixed length`() throws {
        let message = try message([0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x15, 1, 2, 3, 4, 0x18, 7])
        #expect(try message.integer(3) == 7)
        #expect(message.isWhole)
    }

    @Test(arguments: [
        [], [0x0A], [0x0A, 5, 1], [0x08], [0x08, 0x80], [0x00, 1], [0x0B], [0x09, 1, 2], [0x15, 1], [0x0E, 0],
        [UInt8](repeating: 0xFF, count: 20), [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ]) func `refuses what is no message`(bytes: [UInt8]) throws {
        #expect(try !message(bytes).isWhole)
    }

    @Test func `a message cut anywhere is not whole or ends between two fields`() throws {
        let ends = [7, 15, 20, sample.count]
        for count in 1...sample.count {
            #expect(try message(Array(sample.prefix(count))).isWhole == ends.contains(count), "\(count)")
        }
    }

    @Test func `does not believe in a hundred thousand values`() throws {
        let message = try message([UInt8]((0..<100_000).flatMap { _ in [0x0A, 0] as [UInt8] }))
        #expect(throws: PenstockError.self) { _ = try message.strings(1) }
    }
}
