import Foundation
import Penstock
import PenstockCommands
import PenstockCore
import Testing

@Suite struct JSONLinesFormatterTests {
    private func line(_ picture: ClassifiedPicture) -> String {
        var bytes: [UInt8] = []
        JSONLinesFormatter().append(picture, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func putsSeveralModelsUnderTheirNames() {
        #expect(
            line(Samples.several)
                == #"{"source":"photos/cat.jpg","index":0,"width":1920,"height":1080,"models":{"#
                + #""a":{"top":[{"class":286,"label":"Egyptian cat","score":0.835},{"class":7,"score":1e-05}]},"#
                + #""b":{"error":{"stage":"infer","message":"It broke."}}}}"# + "\n"
        )
    }

    @Test func writesAResult() {
        #expect(
            line(Samples.cat) == #"{"source":"photos/cat.jpg","index":0,"width":1920,"height":1080,"#
                + #""top":[{"class":286,"label":"Egyptian cat","score":0.835},{"class":7,"score":1e-05}]}"# + "\n"
        )
    }

    @Test func writesAFailure() {
        #expect(
            line(Samples.torn) == #"{"source":"photos/torn.jpg","index":3,"#
                + #""error":{"stage":"decode","message":"The file is \"torn\"."}}"# + "\n"
        )
    }

    @Test func writesAFrameAndItsCircumstances() {
        #expect(
            line(Samples.frame) == #"{"source":"clip.mp4","index":12,"frame":12,"time":0.4,"duration":0.033333,"#
                + #""width":640,"height":360,"damaged":true,"reused":true,"arrived":"2001-09-09T01:46:40.123Z","#
                + #""latency":0.0125,"top":[{"class":3,"label":"arrow","score":0.5}]}"# + "\n"
        )
    }

    @Test func writesAnEvent() {
        #expect(
            line(Samples.gap) == #"{"source":"rtsp://host/a","event":"reconnected","time":12.5,"gap":2,"#
                + #""at":"2001-09-09T01:46:40.123Z","message":"Frames come again."}"# + "\n"
        )
    }

    @Test func marksTruncatedPictures() {
        var picture = Samples.cat
        picture.isTruncated = true
        picture.outcome = .classified([])
        #expect(
            line(picture)
                == #"{"source":"photos/cat.jpg","index":0,"width":1920,"height":1080,"truncated":true,"top":[]}"# + "\n"
        )
    }

    @Test func keepsTheBytesOfASourceThatIsNotText() {
        var picture = Samples.torn
        picture.source = FilePath(bytes: [0x61, 0xFF, 0x62])
        #expect(line(picture).hasPrefix(#"{"source":"a\#u{FFFD}b","sourceBase64":"Yf9i","index":3,"#))
    }

    @Test(arguments: Samples.hostileNames) func isOneLineOfJSONWhateverTheName(_ name: [UInt8]) throws {
        let picture = ClassifiedPicture(
            source: FilePath(bytes: name),
            index: 1,
            outcome: .classified([
                Classification(classIndex: 0, label: String(decoding: name, as: UTF8.self), score: .nan)
            ])
        )
        let text = line(picture)
        #expect(text.utf8.filter { $0 == 0x0A }.count == 1 && text.hasSuffix("}\n"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["source"] as? String == FilePath(bytes: name).description)
        let encoded = (object["sourceBase64"] as? String).flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
        #expect(encoded ?? name == name)
    }

    @Test func writesScoresThatReadBackAsThemselves() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let score = Float(bitPattern: UInt32.random(in: 0..<0x7F80_0000, using: &generator))
            var picture = Samples.cat
            picture.outcome = .classified([Classification(classIndex: 0, label: nil, score: score)])
            let text = line(picture)
            let number = try #require(text.split(separator: "score\":").last?.prefix { $0 != "}" })
            #expect(Float(String(number)) == score)
            #expect(number.utf8.count <= score.description.utf8.count)
        }
    }
}

/// Results to format.
enum Samples {
    static let cat = ClassifiedPicture(
        source: "photos/cat.jpg",
        index: 0,
        size: ImageSize(width: 1920, height: 1080),
        outcome: .classified([
            Classification(classIndex: 286, label: "Egyptian cat", score: 0.835),
            Classification(classIndex: 7, label: nil, score: 0.00001),
        ])
    )

    /// A picture that one model names and another fails on.
    static let several: ClassifiedPicture = {
        let broken = PenstockError(.corrupt, at: .infer, "It broke.")
        var picture = cat
        picture.answers = [
            ClassifiedPicture.Answer(model: "a", outcome: .success(cat.top)),
            ClassifiedPicture.Answer(model: "b", outcome: .failure(broken)),
        ]
        picture.outcome = .failed(broken)
        return picture
    }()

    static let torn = ClassifiedPicture(
        source: "photos/torn.jpg",
        index: 3,
        outcome: .failed(PenstockError(.corrupt, at: .decode, "The file is \"torn\"."))
    )

    static let frame: ClassifiedPicture = {
        var picture = ClassifiedPicture(
            source: "clip.mp4",
            index: 12,
            size: ImageSize(width: 640, height: 360),
            outcome: .classified([Classification(classIndex: 3, label: "arrow", score: 0.5)])
        )
        picture.moment = FrameMoment(frame: 12, time: .milliseconds(400), duration: .nanoseconds(33_333_333))
        picture.isDamaged = true
        picture.isReused = true
        picture.arrival = 1_000_000_000_123_000_000
        picture.latency = .microseconds(12500)
        return picture
    }()

    static let gap = ClassifiedPicture(
        source: "rtsp://host/a",
        index: 0,
        outcome: .event(
            StreamEvent(
                .reconnected,
                time: .milliseconds(12500),
                wallClock: 1_000_000_000_123_000_000,
                gap: .seconds(2),
                message: "Frames come again."
            )
        )
    )

    /// Names that a file system allows.
    static let hostileNames: [[UInt8]] =
        [
            "plain", "new\nline", "quote\"s'", "back\\slash\\n", "\u{1B}[31mred", "tab\tand\rreturn", "comma,semi;",
            " space ",
            "日本語.jpg", "👩‍👩‍👧.png", "\u{202E}gpj.exe", "\u{2028}", "=cmd|' /C calc'!A0", "{\"source\":1}", "\u{7F}\u{80}",
            "\u{FFFD}",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0x61, 0x0A, 0xFE], Array(1...255),
        ]
}
