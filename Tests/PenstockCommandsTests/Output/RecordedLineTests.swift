import Penstock
import PenstockCommands
import PenstockCore
import Testing

@Suite struct RecordedLineTests {
    /// The line of a picture, without its newline.
    private func line(_ picture: ClassifiedPicture, _ format: OutputFormat) -> [UInt8] {
        var bytes: [UInt8] = []
        format.formatter(top: 2, width: 80).append(picture, to: &bytes)
        return bytes.dropLast()
    }

    private func read(_ line: [UInt8], _ format: OutputFormat) -> RecordedLine? {
        format == .csv ? RecordedLine(csvLine: line, top: 2) : RecordedLine(jsonLine: line)
    }

    private static let pictures: [ClassifiedPicture] = Samples.hostileNames.flatMap { name in
        [Samples.cat, Samples.torn, Samples.frame].map { sample in
            var picture = sample
            picture.source = FilePath(bytes: name)
            picture.isTruncated = sample.failure == nil
            return picture
        }
    }

    @Test(arguments: pictures, [OutputFormat.jsonl, .csv])
    func readsBackWhatWasWritten(_ picture: ClassifiedPicture, _ format: OutputFormat) {
        let record = read(line(picture, format), format)
        let expected = RecordedLine(index: picture.index, source: picture.source, isFailure: picture.failure != nil)
        #expect(record == expected)
    }

    @Test func readsBackWhatSeveralModelsSaid() {
        #expect(
            RecordedLine(jsonLine: line(Samples.several, .jsonl))
                == RecordedLine(index: 0, source: "photos/cat.jpg", isFailure: true)
        )
        var bytes: [UInt8] = []
        CSVFormatter(top: 2, namesModels: true).append(Samples.several, to: &bytes)
        let rows = bytes.split(separator: 0x0A).map { RecordedLine(csvLine: $0, top: 2, models: ["a", "b"]) }
        #expect(rows.map { $0?.row } == [0, 1] && rows.map { $0?.isFailure } == [false, true])
        let others = bytes.split(separator: 0x0A).map { RecordedLine(csvLine: $0, top: 2, models: ["c", "d"]) }
        #expect(others.allSatisfy { $0 == nil })
    }

    @Test(arguments: [
        #"{"source":"a","index":0,"models":{}}"#, #"{"source":"a","index":0,"models":{"a":{}}}"#,
        #"{"source":"a","index":0,"models":{"a":{"top":[]}}"#, #"{"source":"a","index":0,"models":{"a":{"top":[]},}}"#,
    ])
    func refusesWhatNoModelSays(_ text: String) {
        #expect(RecordedLine(jsonLine: Array(text.utf8)) == nil)
    }

    @Test(arguments: [Samples.cat, Samples.torn, Samples.frame, Samples.several])
    func refusesEveryBeginningOfALineOfJSON(
        _ picture: ClassifiedPicture
    ) {
        let whole = line(picture, .jsonl)
        for count in 0..<whole.count { #expect(read(Array(whole.prefix(count)), .jsonl) == nil) }
    }

    @Test func refusesALineOfCSVThatLacksAColumn() {
        let whole = line(Samples.cat, .csv)
        let lastComma = whole.lastIndex(of: UInt8(ascii: ",")) ?? 0
        for count in 0..<lastComma { #expect(read(Array(whole.prefix(count)), .csv) == nil) }
    }

    @Test(arguments: [OutputFormat.jsonl, .csv]) func refusesALineWithAHoleOfZeros(_ format: OutputFormat) {
        let whole = line(Samples.cat, format)
        for start in whole.indices.dropLast(8) {
            var torn = whole
            for place in start..<(start + 8) { torn[place] = 0 }
            #expect(read(torn, format) == nil)
        }
    }

    @Test(arguments: [
        "", "{}", "null", #"{"source":"a","index":0}"#, #"{"source":"a","index":-1,"top":[]}"#,
        #"{"source":"a","index":0,"top":[]} "#, #"{"source":"a","index":0,"top":[,]}"#,
        #"{"source":"a","index":0,"top":[1e999]}"#, #"{"source":"\u00e9","index":0,"top":[]}"#,
        #"{"source":"a","sourceBase64":"Yf9","index":0,"top":[]}"#, #"{"source":"a","index":0,"top":[]}{"source""#,
        #"{"source":"a","index":99999999999999999999,"top":[]}"#,
    ])
    func refusesOtherLines(_ text: String) {
        #expect(RecordedLine(jsonLine: Array(text.utf8)) == nil)
    }

    @Test func refusesDeepNesting() {
        let text = #"{"source":"a","index":0,"top":"# + String(repeating: "[", count: 100_000)
        #expect(RecordedLine(jsonLine: Array(text.utf8)) == nil)
    }

    @Test func refusesTheHeaderOfCSV() {
        var header: [UInt8] = []
        CSVFormatter(top: 2).appendHeader(to: &header)
        #expect(RecordedLine(csvLine: header.dropLast(), top: 2) == nil)
    }
}

@Suite struct PathBase64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ])
    func agreesWithTheStandard(_ text: String, _ encoded: String) {
        var bytes: [UInt8] = []
        PathBase64.append(Array(text.utf8), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == encoded)
        #expect(PathBase64.decode(Array(encoded.utf8)) == Array(text.utf8))
    }

    @Test(arguments: ["Zg", "Zh==", "Z===", "====", "Zg=a", "Zm9\n", "Zm-_"]) func refusesWhatItNeverWrites(
        _ text: String
    ) {
        #expect(PathBase64.decode(Array(text.utf8)) == nil)
    }
}
