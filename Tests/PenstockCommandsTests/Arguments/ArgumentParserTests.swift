import PenstockCommands
import PenstockCore
import Testing

@Suite struct ArgumentParserTests {
    @Test func readsValuesInBothFormsAmongOperands() throws {
        let parsed = try parseSample(["a.jpg", "--model", "m.xml", "--top=3", "b.jpg", "-0", "-"])
        #expect(parsed.paths == ["a.jpg", "b.jpg", "-"])
        #expect(parsed.path("model") == "m.xml")
        #expect(parsed.text("top") == "3")
        #expect(parsed.has("null"))
        #expect(!parsed.has("unordered"))
    }

    @Test func takesEverythingAfterTwoDashesAsOperands() throws {
        let parsed = try parseSample(["--model=m", "--", "--top", "-x", "--"])
        #expect(parsed.paths == ["--top", "-x", "--"])
    }

    @Test func keepsBytesThatAreNotText() throws {
        let name = Argument(bytes: [0x66, 0xFF, 0xFE, 0x0A])
        let model = Argument(bytes: Array("--model=".utf8) + [0x80, 0x3D])
        let parsed = try parseSample([name, model])
        #expect(parsed.paths == [FilePath(bytes: name.bytes)])
        #expect(parsed.path("model")?.bytes == [0x80, 0x3D])
    }

    @Test func letsAValueBeginWithOneDash() throws {
        let parsed = try parseSample(["x", "--model=m", "--mean", "-1,0,1", "--score", "-"])
        #expect(try parsed.numbers("mean", count: 3) == [-1, 0, 1])
        #expect(parsed.text("score") == "-")
    }

    @Test(arguments: [
        (["x", "--modle", "m"], "'--modle' is not an option of 'penstock sample'. Did you mean --model?"),
        (["x", "--zzz"], "'--zzz' is not an option of 'penstock sample'."),
        (["x", "-q"], "'-q' is not an option of 'penstock sample'."),
        (["x", "-00"], "'-00' is not an option of 'penstock sample'."),
        (["x", "--\u{1B}[2J"], "'--\\x1B[2J' is not an option of 'penstock sample'."),
        (["x", "--model"], "--model needs a value: --model MODEL."),
        (["x", "--model", "--top", "3"], "--model needs a value: --model MODEL."),
        (["x", "--model", "a", "--model=b"], "--model is given twice: 'a', then 'b'."),
        (["x", "--unordered=yes"], "--unordered takes no value."),
        (["x", "--color", "rbg"], "--color is rgb or bgr, not 'rbg'. Did you mean rgb?"),
        (["x"], "--model MODEL is required."),
        (["--model", "m"], "'penstock sample' needs INPUT…."),
    ])
    func refuses(_ line: [String], _ message: String) {
        let arguments = line.map { Argument(bytes: Array($0.utf8)) }
        #expect(throws: UsageError(message)) { try parseSample(arguments) }
    }

    @Test func asksForHelpOnlyBeforeTwoDashes() {
        let parser = ArgumentParser(CommandDescription(SampleCommand.self))
        #expect(parser.asksForHelp(["x", "--help"]))
        #expect(parser.asksForHelp(["-h"]))
        #expect(!parser.asksForHelp(["--", "--help"]))
    }
}

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("classfy", "classify"), ("clasisfy", "classify"), ("class", "classify"), ("inspct", "inspect"),
    ])
    func findsSlipsAndBeginnings(_ typed: String, _ meant: String) {
        #expect(NearestName.of(typed, among: ["inspect", "classify", "help"]) == meant)
    }

    @Test func offersNothingFarOff() {
        #expect(NearestName.of("train", among: ["classify", "inspect"]) == nil)
        #expect(NearestName.of("", among: ["classify"]) == nil)
    }

    @Test func countsSwapsOnce() {
        #expect(NearestName.distance("modle", "model") == 1)
        #expect(NearestName.distance("", "abc") == 3)
        #expect(NearestName.distance("kitten", "sitting") == 3)
    }
}
