import Foundation
import Penstock
import PenstockCore
import Testing

@testable import PenstockCommands

@Suite struct ReferenceTests {
    private let names = ClassNames(count: 3, labels: Labels(["cat", "dog", "owl"]))

    private func file(_ text: String, model: String? = nil) throws -> ReferenceFile {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-ref-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        // The file stays readable while it is open.
        defer { try? FileManager.default.removeItem(at: url) }
        return try ReferenceFile(FilePath(url.path), model: model)
    }

    private func items(_ text: String, model: String? = nil) throws -> [ReferenceItem] {
        var items: [ReferenceItem] = []
        try file(text, model: model).scan { (item, _) throws(PenstockError) in items.append(item) }
        return items
    }

    private let cat = Comparison.Answer.classified([Comparison.Score(classIndex: 0, label: "cat", score: 0.5)])

    static let catForms = [
        #"{"source":"a","index":0,"width":1,"height":1,"top":[{"class":0,"label":"cat","score":0.5}]}"#,
        #"{"source":"a","class":0,"label":"cat","score":0.5}"#,
        #"[{"source":"a","class":0,"label":"cat","score":0.5}]"#,
        "\u{FEFF}[\n  {\n    \"source\": \"a\",\n    \"class\": 0,\n    \"label\": \"cat\",\n    \"score\": 5e-1\n  }\n]\n",
        #"{"source":"a","models":{"m":{"top":[{"class":0,"label":"cat","score":0.5}]}}}"#,
        "source,class,label,score\r\na,0,cat,0.5\r\n", "score,source,label,class\n0.5,a,cat,0",
        "source,frame,class_1,label_1,score_1,class_2,label_2,score_2\na,,0,cat,0.5,,,\n",
    ]

    @Test(arguments: catForms) func readsWhatProgramsWrite(_ text: String) throws {
        #expect(try items(text) == [ReferenceItem(source: "a", frame: nil, answer: cat)])
    }

    @Test func readsScoresOfEveryClass() throws {
        let expected = Comparison.Answer.classified([
            Comparison.Score(classIndex: 0, score: 0.25), Comparison.Score(classIndex: 1, score: 0.75),
        ])
        #expect(try items(#"{"source":"a","scores":[0.25,0.75]}"#).first?.answer == expected)
        let named = Comparison.Answer.classified([
            Comparison.Score(label: "cat", score: 0.25), Comparison.Score(label: "dog", score: 0.75),
        ])
        #expect(try items(#"{"source":"a","scores":{"dog":0.75,"cat":0.25}}"#).first?.answer == named)
    }

    @Test func readsFramesFailuresAndPathsThatAreNoText() throws {
        let text = """
            {"source":"v.mp4","frame":7,"time":0.2,"class":"dog"}
            {"source":"b","error":{"stage":"decode","message":"Torn."}}
            {"source":"rtsp://x","event":"lost","at":"2026","message":"gone"}
            {"source":"\\ufffd","sourceBase64":"/w==","label":"owl"}
            """
        let items = try items(text + "\n")
        #expect(items.map(\.frame) == [7, nil, nil])
        #expect(items[0].answer == .classified([Comparison.Score(label: "dog")]))
        #expect(items[1].answer == .failed("Torn."))
        #expect(items[2].source == FilePath(bytes: [0xFF]))
    }

    @Test func readsTheAnswersOfOneModelOfSeveral() throws {
        let line = #"{"source":"a","models":{"m":{"label":"cat"},"n":{"error":{"message":"No."}}}}"#
        #expect(try items(line, model: "m").first?.answer == .classified([Comparison.Score(label: "cat")]))
        #expect(try items(line, model: "n").first?.answer == .failed("No."))
        #expect(throws: PenstockError.self) { try items(line) }
        #expect(throws: PenstockError.self) { try items(line, model: "o") }
        #expect(throws: PenstockError.self) { try items(#"{"source":"a","label":"cat"}"#, model: "m") }
    }

    @Test func readsTheRowsOfOneModelOfSeveral() throws {
        let rows = "source,model,class_1,score_1\na,m,0,0.5\na,n,1,0.5\n"
        let expected = Comparison.Answer.classified([Comparison.Score(classIndex: 1, score: 0.5)])
        #expect(try items(rows, model: "n") == [ReferenceItem(source: "a", frame: nil, answer: expected)])
        #expect(throws: PenstockError.self) { try items(rows) }
        #expect(throws: PenstockError.self) { try items("source,label\na,cat\n", model: "m") }
    }

    @Test func keepsFailuresThatNoModelSaw() throws {
        let rows = "source,model,class_1,score_1,error\nx,,,,Torn.\na,m,0,0.5,\na,n,1,0.5,\n"
        #expect(try items(rows, model: "n").map(\.answer).first == .failed("Torn."))
        #expect(try items(rows, model: "n").count == 2)
        let error = #expect(throws: PenstockError.self) { try items(rows, model: "typo") }
        #expect(error?.message.contains("m, n") == true)
    }

    @Test func readsALineOfNamesOfAnyLengthAndWhereverItStands() throws {
        let filler = (0..<20_000).map { "note\($0)" }.joined(separator: ",")
        let header = "\n\r\nsource,label,\(filler)\n"
        #expect(header.utf8.count > 1 << 16)
        let row = "a,cat," + String(repeating: ",", count: 19_999) + "\n"
        #expect(try items(header + row).map(\.answer) == [.classified([Comparison.Score(label: "cat")])])
    }

    @Test func namesTheLimitOfARecord() throws {
        let error = #expect(throws: PenstockError.self) {
            try items("{\"source\":\"" + String(repeating: "a", count: 5 << 20) + "\"}")
        }
        #expect(error?.message.contains("more than 4 MiB") == true)
    }

    static let damaged = [
        "{\"source\":\"a", "{\"source\":\"a\n\"}", "{\"label\":\"cat\"}", "{\"source\":\"a\"}", "nonsense", "[1,2]",
        "{\"source\":\"a\",\"class\":0.5}", "{\"source\":\"a\",\"class\":0,\"score\":NaN}",
        "{\"source\":\"a\",\"top\":3}",
        "{\"source\":\"a\",\"class\":0,\"score\":\"high\"}", "{\"source\":\"a\",\"scores\":[1,\"b\"]}",
        "name,label\na,cat\n",
        "source,note\na,b\n", "source,label\na,cat,extra\n", "source,class\na,cat\n", "source,label,score\na,cat,nan\n",
        "source,label\n\"a,cat\n", String(repeating: "[", count: 100), "{\"source\":{}}", "\u{0}\u{1}\u{2}",
    ]

    @Test(arguments: damaged) func refusesWhatItDoesNotUnderstand(_ text: String) {
        #expect(throws: PenstockError.self) { try items(text) }
    }

    @Test func namesTheLine() throws {
        let text = "{\"source\":\"a\",\"class\":0}\n\n{\"source\":\"b\",\"class\":9}\n"
        let error = #expect(throws: PenstockError.self) { try ReferenceIndex(file(text), names) }
        #expect(error?.message.hasPrefix("Line 3 of ") == true)
        #expect(error?.message.contains("0 to 2") == true)
    }

    @Test func anyCutOfAReferenceIsReadOrRefused() throws {
        for text in Self.catForms {
            for length in 0..<text.utf8.count {
                _ = try? items(String(decoding: text.utf8.prefix(length), as: UTF8.self))
            }
        }
    }

    @Test func refusesAnEmptyReferenceAndAFolder() {
        #expect(throws: PenstockError.self) { try ReferenceIndex(file(""), names) }
        #expect(throws: PenstockError.self) { try ReferenceIndex(file("[]"), names) }
        #expect(throws: PenstockError.self) { try ReferenceFile("/tmp", model: nil) }
    }
}

@Suite struct ReferenceIndexTests {
    private let names = ClassNames(count: 3, labels: nil)

    private func index(
        _ items: [(source: String, frame: Int?, class: Int)],
        inputs: SharedFolder = SharedFolder()
    ) throws -> ReferenceIndex {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-ref-\(UUID().uuidString)")
        let lines = items.map { item in
            "{\"source\":\"\(item.source)\",\(item.frame.map { "\"frame\":\($0)," } ?? "")\"class\":\(item.class)}\n"
        }
        try Data(lines.joined().utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try ReferenceIndex(ReferenceFile(FilePath(url.path), model: nil), names, inputs: inputs)
    }

    private func found(_ index: inout ReferenceIndex, _ source: FilePath, _ frame: Int? = nil) throws -> (
        Int, ReferenceIndex.Match
    )? {
        guard case .found(let item, let match) = try index.find(source, frame),
            case .classified(let classes) = item.answer
        else { return nil }
        return (classes[0].classIndex ?? -1, match)
    }

    @Test func findsEachRecordOnce() throws {
        var index = try index([("a", nil, 0), ("b", nil, 1), ("a", nil, 2)])
        #expect(try found(&index, "b")?.0 == 1)
        #expect(try found(&index, "a")?.0 == 0)
        #expect(try found(&index, "a")?.0 == 2)
        #expect(try found(&index, "a") == nil)
        #expect(index.unused == 0)
    }

    @Test func tellsFramesApart() throws {
        var index = try index([("v", 0, 0), ("v", 1, 1), ("v", nil, 2)])
        #expect(try found(&index, "v", 1)?.0 == 1)
        #expect(try found(&index, "v")?.0 == 2)
        #expect(try found(&index, "v", 2) == nil)
        #expect(try index.firstUnused(3).map(\.frame) == [0])
    }

    @Test func findsTheSameFileByAnotherPath() throws {
        var index = try index([("/usr/../etc/passwd", nil, 1), ("/x/group", nil, 2)])
        let (place, match) = try #require(try found(&index, "/etc/passwd"))
        #expect(place == 1 && match == .path)
    }

    @Test func findsTheSamePathBelowAnotherFolder() throws {
        var index = try index([("/old/val/cat/1.jpg", nil, 0), ("/old/val/dog/1.jpg", nil, 1), ("/old/2.jpg", nil, 2)])
        let (dog, match) = try #require(try found(&index, "new/val/dog/1.jpg"))
        #expect(dog == 1 && match == .tail)
        #expect(try found(&index, "new/2.jpg")?.0 == 2)
        // The folder may be another: nothing tells whether these are the same pictures.
        #expect(try found(&index, "new/cat/1.jpg") == nil)
        #expect(try found(&index, "new/3.jpg") == nil)
        #expect(try index.firstUnused(5).map(\.source) == ["/old/val/cat/1.jpg"])
    }

    /// Files of one name in several folders are other pictures, in whatever order they come.
    @Test(arguments: [["new/cat/001.jpg", "new/dog/001.jpg"], ["new/dog/001.jpg", "new/cat/001.jpg"]])
    func leavesFilesOfAnotherFolderAlone(_ sources: [String]) throws {
        var inputs = SharedFolder()
        for source in sources { inputs.add(FilePath(source)) }
        var index = try index([("/old/dog/001.jpg", nil, 1)], inputs: inputs)
        for source in sources {
            #expect(try found(&index, FilePath(source))?.0 == (source.contains("dog") ? 1 : nil))
        }
    }

    @Test func neverComparesOneRecordWithTwoFiles() throws {
        var index = try index([("/old/dog/001.jpg", nil, 1)])
        #expect(try found(&index, "new/dog/001.jpg")?.0 == 1)
        guard case .ambiguous = try index.find("new/cat/001.jpg", nil) else {
            Issue.record("where nothing is known of the inputs, one of the two is not the reference's")
            return
        }
    }

    @Test func refusesScoresOfAnotherNumberOfClasses() throws {
        #expect(try error(#"{"source":"a","scores":[0.1,0.2,0.7]}"#) == nil)
        #expect(try error(#"{"source":"a","scores":[0.3,0.7]}"#)?.contains("background") == true)
        #expect(try error(#"{"source":"a","scores":[0,0,0.3,0.7]}"#)?.contains("background") == true)
        #expect(try error(#"{"source":"a","scores":[0,0,0,0.3,0.7]}"#)?.contains("3 classes") == true)
        #expect(try error(#"{"source":"a","models":{"m":{"scores":[1]}}}"#)?.contains("3 classes") == true)
    }

    private func error(_ text: String) throws -> String? {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-ref-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        do throws(PenstockError) {
            _ = try ReferenceIndex(ReferenceFile(FilePath(url.path), model: nil), names)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func namesTheFirstThatNobodyAskedFor() throws {
        let index = try index((0..<50).map { ("p\($0)", nil, 0) })
        #expect(index.unused == 50)
        #expect(try index.firstUnused(3).map(\.source) == ["p0", "p1", "p2"])
    }
}

@Suite struct ReferenceSummaryTests {
    private let folder: URL
    private let identity = #""identity":{"model":"m","contract":"c","engine":"e","precision":"p"}"#

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-sum-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func find(_ name: String, _ text: String) throws -> (summary: ReferenceSummary?, notes: [String]) {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let reference = folder.appendingPathComponent("r.jsonl").path
        return try ReferenceSummary.find(nil, of: FilePath(reference), model: nil)
    }

    @Test func takesAStraySummaryOnlyWhereItNamesTheReference() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try find("r.summary.json", "{\"output\":null,\(identity)}").summary != nil)
        #expect(try find("summary.json", "{\"output\":null,\(identity)}").summary == nil)
        #expect(try find("summary.json", "{\"output\":\"r.jsonl\",\(identity)}").summary != nil)
        #expect(try find("summary.json", "{\"output\":\"s.jsonl\",\(identity)}").summary == nil)
        #expect(try find("r.summary.json", "{\"output\"").notes.count == 1)
    }
}

@Suite struct SharedFolderTests {
    @Test func holdsWhatInputsHaveInCommon() {
        #expect(SharedFolder(of: ["/no/a/x.jpg", "/no/b/y.jpg"]).depth(of: "/no/a/x.jpg") == 2)
        #expect(SharedFolder(of: ["/no/a/*/x.jpg"]).depth(of: "/no/a/dog/x.jpg") == 2)
        #expect(SharedFolder(of: ["/no/a/x.jpg"]).depth(of: "/no/a/x.jpg") == 1)
        #expect(SharedFolder(of: ["/tmp/"]).depth(of: "/tmp/./a/b/x.jpg") == 3)
        #expect(SharedFolder(of: ["@list", "/tmp"]).depth(of: "/tmp/a/x.jpg") == 1)
        #expect(SharedFolder(of: []).depth(of: "x.jpg") == 1)
    }
}
