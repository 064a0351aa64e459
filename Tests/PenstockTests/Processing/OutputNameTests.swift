import PenstockCore
import Testing

@testable import Penstock

@Suite struct OutputNameTests {
    private func fields(
        folder: String = "holidays/2024",
        stem: String = "beach",
        frame: Int? = nil,
        time: Duration? = nil
    ) -> OutputName.Fields {
        OutputName.Fields(
            folder: Array(folder.utf8),
            stem: Array(stem.utf8),
            name: Array("\(stem).png".utf8),
            ext: "jpg",
            index: 42,
            frame: frame,
            time: time
        )
    }

    private func render(_ pattern: String, _ fields: OutputName.Fields? = nil) throws -> String {
        try OutputName(pattern).render(fields ?? self.fields()).description
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("{stem}_{index:05}.{ext}", "beach_00042.jpg"),
        ("{dir}/{name}.{ext}", "holidays/2024/beach.png.jpg"),
        ("{index}", "42"),
        ("{index:01}-{index:02}-{index:03}", "42-42-042"),
        ("a/b/{stem}", "a/b/beach"),
        ("{{{stem}}}", "{beach}"),
        ("out.png", "out.png"),
        ("größe {stem}", "größe beach"),
        ("{stem}:{ext}", "beach:jpg"),
    ])
    func `puts fields into the pattern`(pattern: String, path: String) throws {
        #expect(try render(pattern) == path)
    }

    @Test(arguments: [
        ("{frame:06}", "000007"),
        ("{time}", "12.346"),
        ("{time:.0}", "12"),
        ("{time:.2}", "12.35"),
        ("{time:.9}", "12.345678901"),
        ("{time:09}", "00012.346"),
        ("{time:08.1}", "000012.3"),
    ])
    func `writes where a frame stands`(pattern: String, text: String) throws {
        let time = Duration(secondsComponent: 12, attosecondsComponent: 345_678_901_234_567_890)
        #expect(try render(pattern, fields(frame: 7, time: time)) == text)
    }

    @Test(arguments: [
        (Duration.zero, "0.000"), (.milliseconds(-40), "-0.040"), (.microseconds(-400), "0.000"),
        (.microseconds(500), "0.001"), (.microseconds(999_600), "1.000"), (.seconds(86_400), "86400.000"),
        (Duration(secondsComponent: .max, attosecondsComponent: 0), "9223372036854775807.000"),
        (Duration(secondsComponent: .min, attosecondsComponent: 0), "-9223372036854775808.000"),
    ])
    func `rounds times to the nearest`(time: Duration, text: String) throws {
        #expect(try render("{time}", fields(frame: 0, time: time)) == text)
    }

    @Test func `counts a sign into the width`() throws {
        #expect(try render("{time:08}", fields(frame: 0, time: .milliseconds(-40))) == "-000.040")
    }

    @Test(arguments: ["{stem}_{frame}", "{time}"])
    func `says that a still picture has no place in a video`(pattern: String) throws {
        let error = #expect(throws: PenstockError.self) { try OutputName(pattern).render(fields()) }
        #expect(error?.stage == .write)
        #expect(error?.message.contains("a still picture has none") == true)
    }

    @Test func `says that a stream has no times`() {
        let text = message { _ = try render("{time}", fields(frame: 3)) }
        #expect(text.contains("its stream says no times"))
    }

    @Test func `keeps bytes that are not text`() throws {
        var odd = fields()
        (odd.folder, odd.stem) = ([0xFF, 0x2F, 0xFE], [0xC3, 0x28])
        #expect(try OutputName("{dir}/{stem}!").render(odd).bytes == [0xFF, 0x2F, 0xFE, 0x2F, 0xC3, 0x28, 0x21])
    }

    @Test(arguments: [
        ("../../{stem}", "__/__/beach"),
        ("/etc/{stem}", "etc/beach"),
        ("./{stem}", "beach"),
        ("a//./b/../{stem}", "a/b/__/beach"),
        ("{{..}}/..{stem}", "{..}/..beach"),
    ])
    func `stays below the folder`(pattern: String, path: String) throws {
        #expect(try render(pattern) == path)
    }

    @Test(arguments: [("", "beach"), ("/", "beach"), ("../x", "__/x/beach"), ("/x/./y/", "x/y/beach"), (".", "beach")])
    func `stays below the folder whatever the source's is`(folder: String, path: String) throws {
        #expect(try render("{dir}/{stem}", fields(folder: folder)) == path)
    }

    @Test func `makes no folders of a name`() throws {
        #expect(try render("{stem}", fields(stem: "../a\0b")) == ".._a_b")
        #expect(try render("x/{stem}", fields(stem: "..")) == "x/__")
    }

    @Test func `refuses names that disks do not take`() throws {
        let long = String(repeating: "n", count: 251)
        #expect(try render("{stem}.{ext}", fields(stem: long)).utf8.count == 255)
        let text = message { _ = try render("{stem}.{ext}", fields(stem: long + "n")) }
        #expect(text.contains("256 bytes"))
        #expect(message { _ = try render("\(long)12345/{stem}") }.contains("256 bytes"))
    }

    @Test func `refuses a name that comes out empty`() {
        #expect(message { _ = try render("{dir}", fields(folder: "")) }.contains("comes out empty"))
        #expect(message { _ = try render("/.") }.contains("comes out empty"))
    }

    @Test(arguments: [
        ("", "is empty"),
        ("a\0b", "NUL"),
        ("{stem}/", "names a folder"),
        ("/", "names a folder"),
        ("{stem", "never closed"),
        ("{", "never closed"),
        ("a{{{", "never closed"),
        ("stem}", "closes nothing"),
        ("{{stem}", "closes nothing"),
        ("}}}", "closes nothing"),
        ("{}", "a field {}"),
        ("{ stem}", "a field { stem}"),
        ("{stem:05}", "gives {stem} a width"),
        ("{ext:}", "gives {ext} a width"),
        ("{index:5}", "no width"),
        ("{index:}", "no width"),
        ("{index:0x}", "no width"),
        ("{index:041}", "no width"),
        ("{index:099999999999999999999}", "no width"),
        ("{index:.2}", "decimals, which it has none of"),
        ("{time:.}", "decimals go from 0 to 9"),
        ("{time:.10}", "decimals go from 0 to 9"),
        ("{time:.-1}", "decimals go from 0 to 9"),
    ])
    func `refuses what is no pattern`(pattern: String, reason: String) {
        let text = message { _ = try OutputName(pattern) }
        #expect(text.contains(reason))
        #expect(text.hasPrefix("The name '\(pattern)'"))
    }

    @Test func `names the field that was meant, and all that there are`() {
        let text = message { _ = try OutputName("{stme}.{ext}") }
        #expect(
            text == "The name '{stme}.{ext}' has a field {stme}, which there is not. Did you mean stem? "
                + "There are {dir}, {stem}, {name}, {ext}, {index}, {frame}, {time}."
        )
    }
}
