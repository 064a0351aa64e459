import PenstockCore
import Testing

@Suite struct JSONParserTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONParser.parse(Array(text.utf8), name: "it")
    }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number(0)),
        ("-0.5e+2", .number(-50)), ("1E3", .number(1000)), ("\"\"", .string("")), ("[]", .array([])),
        ("{}", .object([:])),
        ("[1, [2], \"x\"]", .array([.number(1), .array([.number(2)]), .string("x")])),
        ("{\"a\": {\"b\": null}}", .object(["a": .object(["b": .null])])),
        ("\u{FEFF}1", .number(1)),
    ]) func `reads documents`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test func `the last of equal names counts`() throws {
        #expect(try parse("{\"a\":1,\"a\":2}")["a"]?.integer == 2)
    }

    @Test(arguments: [
        (#""\u0041\n\/\"\\""#, "A\n/\"\\"), (#""\ud83d\ude00""#, "😀"), (#""é\u00e9""#, "éé"),
        (#""\b\f\r\t""#, "\u{8}\u{c}\r\t"),
    ]) func `reads escapes`(text: String, value: String) throws {
        #expect(try parse(text).string == value)
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("01", 1), ("1.", 2), ("-", 1), (".5", 0),
        ("+1", 0),
        ("1e", 2), ("tru", 3), ("nulL", 3), ("1 2", 2), ("\"a", 2), ("\"\\x\"", 2), ("\"\\u12G4\"", 5),
        ("\"\\ud800\"", 3),
        ("\"\\ud800\\u0041\"", 3), ("\"\\udc00\"", 3), ("\"a\nb\"", 2), ("1e999", 0), ("NaN", 0), ("[1}", 2),
    ]) func `names the byte that is wrong`(text: String, offset: Int) {
        #expect { try parse(text) } throws: { error in
            (error as? PenstockError)?.message.hasSuffix("at byte \(offset).") == true
        }
    }

    @Test func `refuses strings that are not UTF-8`() {
        #expect(throws: PenstockError.self) { try JSONParser.parse([0x22, 0xFF, 0x22], name: "it") }
    }

    @Test func `bounds the depth`() throws {
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(throws: Never.self) { try parse(deep(128)) }
        #expect(throws: PenstockError.self) { try parse(deep(130)) }
        #expect(throws: PenstockError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `survives every truncation and many mutations`() {
        let text = Array(#"{"a":[1,-2.5e3,true,null],"\ud83d\ude00":{"b":"\\x\"é"}}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: PenstockError.self) { try JSONParser.parse(Array(text[..<length]), name: "it") }
        }
        for position in text.indices {
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x5D, 0x80, 0xFF, 0x30] {
                var mutated = text
                mutated[position] = byte
                _ = try? JSONParser.parse(mutated, name: "it")
            }
        }
    }

    @Test func `reads a map of twenty thousand labels`() throws {
        let members = (0..<20_000).map { "\"\($0)\": \"class number \($0)\"" }.joined(separator: ",\n")
        let json = try parse("{\"id2label\": {\(members)}}")
        #expect(try Labels(json: json, name: "it").names[19_999] == "class number 19999")
    }
}
