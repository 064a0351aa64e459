import PenstockCore
import Testing

@Suite struct JSONWritingTests {
    private func written(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", "\"\""), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t\u{1}\u{1F}", #""\n\r\t\u0001\u001f""#), ("é😀/", "\"é😀/\""),
    ]) func `escapes what JSON asks for`(text: String, json: String) {
        #expect(written { $0.appendJSON(text) } == json)
    }

    @Test func `writes the shortest number that reads back`() {
        #expect(written { $0.appendJSON(Float(0.835)) } == "0.835")
        #expect(written { $0.appendJSON(1e-7) } == "1e-07")
        #expect(written { $0.appendJSON(-12) } == "-12")
        #expect(written { $0.appendJSON(true) } == "true")
        #expect(written { $0.appendJSON(Float.nan) } == "null")
        #expect(written { $0.appendJSON(-Double.infinity) } == "null")
    }

    @Test func `what is written is read back`() throws {
        for number in [Float(0.1), 1, 3e38, Float.leastNonzeroMagnitude, -2.5] {
            let bytes = Array(written { $0.appendJSON(number) }.utf8)
            #expect(try JSONParser.parse(bytes, name: "it").number.map { Float($0) } == number)
        }
        let text = String(String.UnicodeScalarView((0..<0x250).compactMap(Unicode.Scalar.init)))
        #expect(try JSONParser.parse(Array(written { $0.appendJSON(text) }.utf8), name: "it").string == text)
    }
}
