import PenstockCommands
import PenstockCore
import Testing

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("🙂", 2), ("👩‍👩‍👧", 2),
        ("🇩🇪", 2),
        ("❤", 1), ("❤\u{FE0F}", 2), ("…", 1), ("█", 1), ("\u{200B}", 0), ("👍🏽", 2), ("нет", 3),
    ])
    func countsColumns(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test func cutsEitherEnd() {
        #expect(DisplayWidth.shorten("photos/cat.jpg", 8, cutting: .start) == "…cat.jpg")
        #expect(DisplayWidth.shorten("Egyptian cat", 8, cutting: .end) == "Egyptia…")
        #expect(DisplayWidth.shorten("short", 8, cutting: .end) == "short")
        #expect(DisplayWidth.shorten("abc", 1, cutting: .end) == "…")
        #expect(DisplayWidth.shorten("abc", 0, cutting: .end) == "")
    }

    @Test func fillsTheColumnThatAWideCharacterLeaves() {
        #expect(DisplayWidth.fit("日本語", 4, cutting: .end) == "日… ")
        #expect(DisplayWidth.fit("日本語", 4, cutting: .start) == "…語 ")
        #expect(DisplayWidth.fit("ab", 4, cutting: .end) == "ab  ")
    }
}

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain é 日本 👩‍👩‍👧", "plain é 日本 👩‍👩‍👧"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{1B}[31m", "\\x1B[31m"),
        ("\u{202E}x", "\\u{202E}x"), ("\u{85}", "\\x85"), ("\u{2028}", "\\u{2028}"), ("\r\n", "\\r\\n"),
        ("\u{7F}", "\\x7F"),
        ("\u{FEFF}", "\\u{FEFF}"),
    ])
    func writesOutWhatCannotBeSeen(_ text: String, _ visible: String) {
        #expect(VisibleText.escaped(text) == visible)
    }

    @Test func repairsPathsThatAreNotText() {
        #expect(VisibleText.escaped(FilePath(bytes: [0x61, 0xFF])) == "a\u{FFFD}")
    }
}
