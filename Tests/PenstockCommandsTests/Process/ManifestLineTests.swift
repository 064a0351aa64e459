import Penstock
import PenstockCommands
import PenstockCore
import Testing

/// Results of a processing job to write down.
enum Processed {
    static let written = WrittenFile(
        output: "a/cat.jpg",
        size: ImageSize(width: 64, height: 48),
        bytes: 1234,
        checksum: 0xAB_CDEF
    )

    static func item(
        _ outcome: ProcessedPicture.Outcome,
        source: FilePath = "in/cat.jpg",
        index: Int = 3,
        frame: Int? = nil,
        warning: String? = nil
    ) -> ProcessedPicture {
        var item = ProcessedPicture(source: source, index: index, outcome: outcome)
        item.moment = frame.map { FrameMoment(frame: $0, time: .milliseconds(40 * $0), duration: .milliseconds(40)) }
        item.warning = warning
        return item
    }

    static let failure = PenstockError(.corrupt, at: .decode, "It is \"torn\".")

    static let all: [ProcessedPicture] = [
        item(.written(written)), item(.written(written), frame: 7, warning: "16 bits became 8."),
        item(.skipped("a/cat.jpg")), item(.failed(failure)), item(.failed(failure), frame: 2),
        item(.video(written, frames: 50)),
    ]
}

@Suite struct ManifestLineTests {
    private func line(_ item: ProcessedPicture) -> String {
        var bytes: [UInt8] = []
        var formatter = ManifestFormatter()
        formatter.append(item, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func writesWhatBecameOfAnItem() {
        let file = #""output":"a/cat.jpg","width":64,"height":48,"bytes":1234,"checksum":"crc32:00abcdef""#
        let expected = [
            #"{"source":"in/cat.jpg","index":3,\#(file)}"#,
            #"{"source":"in/cat.jpg","index":3,"frame":7,"time":0.28,"duration":0.04,\#(file),"warning":"16 bits became 8."}"#,
            #"{"source":"in/cat.jpg","index":3,"skipped":true,"output":"a/cat.jpg"}"#,
            #"{"source":"in/cat.jpg","index":3,"error":{"stage":"decode","message":"It is \"torn\"."}}"#,
            #"{"source":"in/cat.jpg","index":3,"frame":2,"time":0.08,"duration":0.04,"error":{"stage":"decode","message":"It is \"torn\"."}}"#,
            #"{"source":"in/cat.jpg","index":3,\#(file),"frames":50}"#,
        ]
        #expect(Processed.all.map(line) == expected.map { $0 + "\n" })
    }

    @Test func tellsOfAllFramesOfAVideoThatFailedAtItsEnd() throws {
        var formatter = ManifestFormatter()
        var bytes: [UInt8] = []
        for frame in 0..<4 { formatter.append(Processed.item(.encoded, index: 3 + frame, frame: frame), to: &bytes) }
        #expect(bytes.isEmpty)
        formatter.append(Processed.item(.failed(Processed.failure), index: 3, frame: 0), to: &bytes)
        let read = try #require(ManifestLine(bytes.dropLast()))
        #expect(read.record.isFailure && read.record.frames == 4 && !read.isFrame && !read.record.isOfUnfinishedVideo)
    }

    @Test func tellsThatAFailureAtNoFrameIsOfTheVideoUnderWay() throws {
        var formatter = ManifestFormatter()
        var bytes: [UInt8] = []
        formatter.append(Processed.item(.encoded, index: 3, frame: 0), to: &bytes)
        formatter.append(Processed.item(.failed(Processed.failure), index: 4), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""index":4,"frame":null,"error":"#))
        let read = try #require(ManifestLine(bytes.dropLast()))
        #expect(read.record.isOfUnfinishedVideo && read.record.isFailure)
        bytes = []
        formatter.append(Processed.item(.video(Processed.written, frames: 1)), to: &bytes)
        #expect(ManifestLine(bytes.dropLast())?.record.frames == 1)
        bytes = []
        formatter.append(Processed.item(.failed(Processed.failure), index: 5), to: &bytes)
        #expect(ManifestLine(bytes.dropLast())?.record.isOfUnfinishedVideo == false)
    }

    @Test func saysNothingOfAFrameWhoseVideoWillTell() {
        #expect(line(Processed.item(.encoded, frame: 1)).isEmpty)
    }

    @Test(arguments: Processed.all, Samples.hostileNames) func readsBackWhatWasWritten(
        _ sample: ProcessedPicture,
        _ name: [UInt8]
    ) throws {
        var item = sample
        item.source = FilePath(bytes: name)
        if case .written(var file) = item.outcome {
            file.output = FilePath(bytes: name)
            item.outcome = .written(file)
        }
        let read = try #require(ManifestLine(line(item).utf8.dropLast()))
        #expect(read.record.source == item.source && read.record.index == 3)
        switch item.outcome {
        case .written(let file): #expect(read.output == file.output && read.bytes == 1234 && read.record.frames == nil)
        case .video: #expect(read.output == "a/cat.jpg" && read.record.frames == 50 && !read.isFrame)
        case .skipped: #expect(read.output == nil && !read.record.isFailure)
        case .failed: #expect(read.record.isFailure && read.record.isOfUnfinishedVideo == (item.moment != nil))
        case .encoded: break
        }
    }

    @Test(arguments: Processed.all) func refusesEveryBeginningOfALine(_ item: ProcessedPicture) {
        let whole = Array(line(item).utf8.dropLast())
        for count in 0..<whole.count { #expect(ManifestLine(whole.prefix(count)) == nil) }
    }

    @Test(arguments: Processed.all) func refusesALineWithAHoleOfZeros(_ item: ProcessedPicture) {
        let whole = Array(line(item).utf8.dropLast())
        for start in whole.indices.dropLast(8) {
            var torn = whole
            for place in start..<(start + 8) { torn[place] = 0 }
            #expect(ManifestLine(torn) == nil)
        }
    }

    @Test(arguments: [
        #"{"source":"a","index":99999999999,"error":{}}"#, #"{"source":"a","index":-1,"error":{}}"#,
        #"{"source":"a","index":0,"output":"b","width":1,"height":1,"bytes":1,"checksum":"","frames":9223372036854775807}"#,
        #"{"source":"a","index":0,"output":"b","width":1,"height":1,"bytes":1,"checksum":"","frames":0}"#,
        #"{"source":"a","index":0,"top":[]}"#, #"{"source":"a","index":0,"skipped":true}"#,
    ])
    func refusesOtherLines(_ text: String) { #expect(ManifestLine(text.utf8) == nil) }
}
