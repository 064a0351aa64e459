import PenstockCore
import Testing

@testable import PenstockVideo

@Suite struct AnnotationTextTests {
    @Test(arguments: [
        (Duration.zero, "0:00.000"), (.milliseconds(61_001), "1:01.001"), (.milliseconds(3_599_999), "59:59.999"),
        (.seconds(36_000), "10:00:00.000"), (.milliseconds(-1500), "-0:01.500"), (.microseconds(-1), "0:00.000"),
    ])
    func writesTimes(time: Duration, text: String) {
        #expect(TimeStamp.text(time) == text)
    }

    @Test func writesAnyTimeWithoutOverflow() {
        #expect(TimeStamp.text(.seconds(Int64.max)).hasSuffix(":07.000"))
        #expect(TimeStamp.text(.seconds(Int64.min)).hasPrefix("-"))
    }

    @Test(arguments: [
        (Float(0), "0.00"), (0.835, "0.84"), (1, "1.00"), (0.996, "1.00"), (-0.5, "-0.50"), (-0.001, "0.00"),
        (12.345, "12.35"), (.nan, "   –"), (.infinity, "   –"), (1e30, "  …"),
    ])
    func writesScores(score: Float, text: String) {
        #expect(ScoreText.number(score) == text)
    }

    @Test(arguments: [
        (Float(0), "    ▕"), (1, "████▕"), (0.5, "██  ▕"), (0.0625, "▎   ▕"), (7, "████▕"), (-1, "    ▕"),
        (.nan, "    ▕"),
    ])
    func drawsBars(score: Float, text: String) {
        #expect(ScoreText.bar(score, cells: 4) == text)
    }

    @Test func keepsEveryTextToItsLine() {
        let lines = (0..<100).map { Annotation.Line(label: String(repeating: "x\n", count: $0 * 50), score: 0.5) }
        for size in [(1, 1), (160, 120), (640, 360), (3840, 2160), (65_535, 2)] {
            let layout = TextLayout(size: ImageSize(width: size.0, height: size.1))
            let note = String(repeating: "n", count: 5000)
            let text = AnnotationText(annotation: Annotation(lines: lines, time: .zero, note: note), layout: layout)
            let rows = text.scores.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(rows.count <= layout.rows)
            #expect(rows.allSatisfy { $0.unicodeScalars.count <= layout.columns })
            #expect(text.moment.unicodeScalars.count <= layout.columns)
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("a\nb\r\n\tc\0d", "a b   c d"), ("left\u{202E}right\u{200B}", "leftright"),
        ("\u{2028}", " "), ("é😀", "é😀"),
    ])
    func cleansLabels(label: String, text: String) {
        #expect(DrawableText.clean(label) == text)
    }

    @Test func saysWhichFontIsMissing() {
        let error = #expect(throws: PenstockError.self) { try AnnotationFont.find(among: ["/nowhere"]) }
        #expect(error?.message.contains("apt-get install fonts-dejavu-core") == true)
    }
}

@Suite struct OutputClockTests {
    @Test func countsFromTheFirstFrame() {
        var clock = OutputClock()
        let places = [100, 140, 141, 1000].map {
            clock.place(FrameMoment(frame: 0, time: .milliseconds($0), duration: .milliseconds(40)))
        }
        #expect(places.map(\.time) == [0, 3600, 3690, 81_000])
        #expect(places.map(\.duration) == [3600, 3600, 3600, 3600])
        #expect(!clock.hasFilledIn && !clock.hasStraightened)
    }

    @Test func fillsInAbsentTimes() {
        var clock = OutputClock()
        let places = [nil, nil, 5000, nil, 5100].map { (time: Int?) in
            clock.place(FrameMoment(frame: 0, time: time.map { .milliseconds($0) }, duration: .milliseconds(20)))
        }
        #expect(places.map(\.time) == [0, 1800, 3600, 5400, 12_600])
        #expect(clock.hasFilledIn && !clock.hasStraightened)
    }

    @Test func bearsSmallStepsBackAndFollowsJumps() {
        var clock = OutputClock()
        let times = [0, 40, 30, 80, -60_000, -59_960, 400_000_000, 400_000_040]
        let places = times.map {
            clock.place(FrameMoment(frame: 0, time: .milliseconds($0), duration: .milliseconds(40)))
        }
        #expect(places.map(\.time) == [0, 3600, 3601, 7200, 10_800, 14_400, 18_000, 21_600])
        #expect(clock.hasStraightened)
    }

    @Test func standsAnyMoment() {
        var clock = OutputClock()
        var last: Int64 = -1
        let extremes: [Int64] = [.max, .min, 0, 1_000_000_000_000, -1_000_000_000_000, .max / 2, 5]
        for seconds in extremes + extremes.reversed() {
            let place = clock.place(FrameMoment(frame: 0, time: .seconds(seconds), duration: .seconds(seconds)))
            #expect(place.time > last && place.duration > 0)
            last = place.time
        }
    }
}
