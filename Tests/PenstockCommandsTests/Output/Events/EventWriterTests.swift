import Foundation
import PenstockCore
import Testing

@testable import PenstockCommands

@Suite struct EventWriterTests {
    private func event(
        _ label: String?,
        _ start: Duration = .seconds(1),
        _ end: Duration = .milliseconds(2480),
        source: FilePath = "clip.mp4"
    ) -> EventSegment {
        EventSegment(
            source: source,
            classIndex: 3,
            label: label,
            start: start,
            end: end,
            mean: 0.966,
            peak: 0.99,
            frames: 37
        )
    }

    private func text(_ format: EventFormat, _ events: [EventSegment], namesSources: Bool = false) -> String {
        var formatter = format.formatter(namesSources: namesSources)
        var bytes: [UInt8] = []
        formatter.appendHeader(to: &bytes)
        for event in events { formatter.append(event, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let hostileLabels = [
        "a & b", "<b>bold</b>", "-->", "a --> b", "&lt;", "{\\an8}", "two\nlines", "\r\n\r\n", "x\u{0}y",
        "Pfeil, „links“",
        "\u{202E}right to left", "", " ", "comma, \"quoted\"", "&amp;", "1", "NOTE",
    ]

    @Test func `writes WebVTT`() {
        #expect(
            text(.vtt, [event("arrow"), event(nil, .seconds(100 * 3600), .seconds(100 * 3600 + 61))])
                == """
                WEBVTT

                00:00:01.000 --> 00:00:02.480
                arrow 97 %

                100:00:00.000 --> 100:01:01.000
                class 3 97 %

                """
        )
    }

    @Test func `writes SubRip`() {
        #expect(
            text(.srt, [event("arrow"), event("<i>", .milliseconds(-40), .zero)], namesSources: true)
                == """
                1
                00:00:01,000 --> 00:00:02,480
                clip.mp4: arrow 97 %

                2
                00:00:00,000 --> 00:00:00,001
                clip.mp4: ‹i› 97 %


                """
        )
    }

    @Test func `writes JSON lines`() {
        #expect(
            text(.jsonl, [event("arrow"), event(nil, .nanoseconds(33_366_667))])
                == #"{"source":"clip.mp4","label":"arrow","class":3,"start":1,"end":2.48,"mean":0.966,"peak":0.99,"#
                + #""frames":37}"# + "\n"
                + #"{"source":"clip.mp4","class":3,"start":0.033367,"end":2.48,"mean":0.966,"peak":0.99,"frames":37}"#
                + "\n"
        )
    }

    @Test func `writes comma-separated values`() {
        #expect(
            text(.csv, [event("arrow"), event("a, b"), event(nil, source: "a\nb.mp4")])
                == "source,class,label,start,end,mean,peak,frames,source_base64\r\n"
                + "clip.mp4,3,arrow,1,2.48,0.966,0.99,37,\r\n"
                + "clip.mp4,3,\"a, b\",1,2.48,0.966,0.99,37,\r\n"
                + "a\\nb.mp4,3,,1,2.48,0.966,0.99,37,YQpiLm1wNA==\r\n"
        )
    }

    @Test func `can be read back by a strict reader whatever the labels`() throws {
        let events = Self.hostileLabels.enumerated().map { event($1, .seconds($0), .seconds($0 + 1)) }
        let vtt = try CueReader.webVTT(text(.vtt, events))
        #expect(vtt.map(\.text) == Self.hostileLabels.map { VisibleText.escaped("\($0) 97 %") })
        let srt = try CueReader.subRip(text(.srt, events))
        #expect(srt.count == events.count && srt.map(\.start) == vtt.map(\.start))
        #expect(srt.allSatisfy { cue in !cue.text.contains(where: "<>{}".contains) })
        let lines = text(.jsonl, events).split(separator: "\n")
        let objects = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        #expect(objects.map { $0?["label"] as? String } == Self.hostileLabels)
        let rows = text(.csv, events).components(separatedBy: "\r\n").dropLast()
        #expect(rows.allSatisfy { CSVLine.fields($0.utf8)?.count == CSVEvents.columns.count })
        #expect(rows.count == events.count + 1)
    }

    @Test(arguments: [("x.VTT", EventFormat.vtt), ("a.b.srt", .srt), ("x.jsonl", .jsonl), ("/tmp/x.csv", .csv)])
    func `chooses the format by the name's ending`(name: String, format: EventFormat) throws {
        #expect(try EventFormat(file: FilePath(name)) == format)
    }

    @Test(arguments: ["events", "events.txt", ".vtt", ""]) func `refuses other endings`(name: String) {
        #expect(throws: PenstockError.self) { try EventFormat(file: FilePath(name)) }
    }
}

@Suite struct EventFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("events-\(UUID().uuidString)")

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    private let event = EventSegment(
        source: "a",
        classIndex: 0,
        label: "arrow",
        start: .zero,
        end: .seconds(1),
        mean: 1,
        peak: 1,
        frames: 25
    )

    @Test func `appears whole`() async throws {
        try await inFolder { folder in
            let path = folder + "/events.jsonl"
            let writer = try EventWriter(FilePath(path), namesSources: false)
            for _ in 0..<1000 { try await writer.write([event]) }
            #expect(!FileManager.default.fileExists(atPath: path))
            try await writer.finish()
            #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 1000)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["events.jsonl"])
        }
    }

    @Test(arguments: [("vtt", "WEBVTT\n"), ("srt", ""), ("jsonl", "")]) func `is whole without any event`(
        ending: String,
        content: String
    ) async throws {
        try await inFolder { folder in
            let path = folder + "/events." + ending
            try await EventWriter(FilePath(path), namesSources: false).finish()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
        }
    }

    @Test func `replaces what an earlier job left, and only when it is whole`() async throws {
        try await inFolder { folder in
            let path = folder + "/events.srt"
            try "before".write(toFile: path, atomically: true, encoding: .utf8)
            try String(repeating: "half", count: 999).write(
                toFile: path + ".partial",
                atomically: true,
                encoding: .utf8
            )
            let abandoned = try EventWriter(FilePath(path), namesSources: false)
            try await abandoned.write([event])
            await abandoned.abandon()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
            let writer = try EventWriter(FilePath(path), namesSources: false)
            try await writer.write([event])
            try await writer.finish()
            #expect(try CueReader.subRip(String(contentsOfFile: path, encoding: .utf8)).map(\.text) == ["arrow 100 %"])
        }
    }

    @Test func `is nobody else's while it is written`() async throws {
        try await inFolder { folder in
            let writer = try EventWriter(FilePath(folder + "/events.vtt"), namesSources: false)
            #expect(throws: PenstockError.self) {
                try EventWriter(FilePath(folder + "/events.vtt"), namesSources: false)
            }
            await writer.abandon()
            #expect(throws: PenstockError.self) { try EventWriter(FilePath(folder + "/no/x.vtt"), namesSources: false) }
        }
    }
}
