import Foundation
import Penstock
import PenstockCore
import Testing

@testable import PenstockCommands

/// Reading back results of several models, wherever they were cut.
@Suite struct RecordScannerTests {
    private let form = RecordForm.results(.csv, top: 1, models: ["a", "b"])

    /// The header, and the lines of an item that a model failed on, one that nothing could load, and one that is whole.
    private var pieces: [[UInt8]] {
        let formatter = CSVFormatter(top: 1, namesModels: true)
        var whole = Samples.several
        whole.index = 5
        whole.source = "line\nend.jpg"
        whole.answers[1].outcome = .success([])
        return [bytes { formatter.appendHeader(to: &$0) }]
            + [Samples.several, Samples.torn, whole].map { picture in bytes { formatter.append(picture, to: &$0) } }
    }

    private func bytes(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes: [UInt8] = []
        write(&bytes)
        return bytes
    }

    private func scan(_ bytes: some Sequence<UInt8>, isComplete: Bool = false) throws -> RecordScanner.Finding {
        let folder = try TemporaryFolder()
        let file = URL(fileURLWithPath: folder.path + "/out.csv")
        try Data(bytes).write(to: file)
        let handle = try FileHandle(forReadingFrom: file)
        return try RecordScanner(form, name: "out.csv").scan(
            descriptor: handle.fileDescriptor,
            isComplete: isComplete
        )
    }

    @Test func `an item counts once, and only when all its lines are there`() throws {
        let bytes = pieces.flatMap(\.self)
        let ends = pieces.indices.map { pieces[...$0].reduce(0) { $0 + $1.count } }
        for cut in 0...bytes.count {
            let finding = try scan(bytes[..<cut])
            let whole = ends.filter { $0 <= cut }
            #expect(finding.wholeLength == whole.last ?? 0)
            #expect(finding.items.count == max(0, whole.count - 1))
            #expect(finding.failures == min(2, max(0, whole.count - 1)))
        }
    }

    @Test func `a file that lacks a line is not complete`() throws {
        let bytes = pieces.flatMap(\.self)
        #expect(try scan(bytes, isComplete: true).items.count == 3)
        let lastLine = bytes.dropLast().lastIndex(of: 0x0A)! + 1
        #expect(throws: PenstockError.self) { try scan(bytes[..<lastLine], isComplete: true) }
    }

    @Test func `lines of other items, or in another order, are damage`() throws {
        let rows = pieces[1].split(separator: 0x0A).map { $0 + [0x0A] }
        for wrong in [
            [rows[1]], [rows[0], rows[0]], [rows[0], Array(pieces[2])[...]], [rows[0], rows[1], rows[0], rows[1]],
        ] {
            #expect(throws: PenstockError.self) { try scan(pieces[0] + wrong.flatMap(\.self)) }
        }
    }
}
