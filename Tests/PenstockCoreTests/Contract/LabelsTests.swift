import PenstockCore
import Testing

@Suite struct LabelsTests {
    private func names(_ text: String) throws -> [String] {
        try Labels(text: Array(text.utf8), name: "labels.txt").names
    }

    @Test(arguments: [
        ("a\nb\n", ["a", "b"]),
        ("\u{FEFF}a\r\nb\r\n\r\n", ["a", "b"]),
        ("a\n\nb\n\n \n", ["a", "", "b"]),
        ("  a b \t\nc", ["a b", "c"]),
        ("0 tench\n1 goldfish\n2 shark", ["tench", "goldfish", "shark"]),
        ("0: tench\n1:goldfish", ["tench", "goldfish"]),
        ("1\ttench\n2\tgoldfish", ["tench", "goldfish"]),
        ("0 tench\n2 goldfish", ["0 tench", "2 goldfish"]),
        ("0\n1\n2", ["0", "1", "2"]),
        ("7 up\n8 ball", ["7 up", "8 ball"]),
        ("0 only", ["0 only"]),
        ("tench, Tinca tinca", ["tench, Tinca tinca"]),
    ]) func `reads text`(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }

    @Test(arguments: ["", "\n\n", " \r\n"]) func `refuses text that names nothing`(text: String) {
        #expect(throws: PenstockError.self) { try names(text) }
    }

    private func json(_ text: String) throws -> [String] {
        try Labels(json: JSONParser.parse(Array(text.utf8), name: "it"), name: "it").names
    }

    @Test func `reads JSON`() throws {
        #expect(try json(#"["a","b"]"#) == ["a", "b"])
        #expect(try json(#"{"1":"b","0":"a"}"#) == ["a", "b"])
        #expect(try json(#"{"id2label":{"0":"a"},"other":1}"#) == ["a"])
        #expect(try json(#"{"0":["n01440764","tench"]}"#) == ["tench"])
    }

    @Test(arguments: ["[]", "{}", "3", "[1]", #"{"0":"a","2":"b"}"#, #"{"0":"a","00":"b"}"#, #"{"a":"b"}"#])
    func `refuses other JSON`(text: String) {
        #expect(throws: PenstockError.self) { try json(text) }
    }

    private func labels(_ count: Int, background: Bool = false) -> Labels {
        Labels((background ? ["background"] : []) + (0..<(background ? count - 1 : count)).map { "class \($0)" })
    }

    @Test func `fits equal counts, and ImageNet's background either way`() throws {
        #expect(try labels(5).fitted(to: 5, source: "it").labels == labels(5))
        #expect(try labels(1000).fitted(to: 1001, source: "it").labels == labels(1001, background: true))
        #expect(try labels(1001, background: true).fitted(to: 1000, source: "it").labels == labels(1000))
    }

    @Test(arguments: [(4, 5), (6, 5), (1001, 1000), (999, 1000), (1, 1001)])
    func `refuses other counts and states both`(labels: Int, classes: Int) {
        #expect { try self.labels(labels).fitted(to: classes, source: "it") } throws: { error in
            let message = (error as? PenstockError)?.message ?? ""
            return message.contains("has \(labels) ") && message.contains("\(classes) classes")
        }
    }

    @Test func `names a class or nothing`() {
        #expect(labels(2)[1] == "class 1" && labels(2)[2] == nil && labels(2)[-1] == nil)
    }
}
