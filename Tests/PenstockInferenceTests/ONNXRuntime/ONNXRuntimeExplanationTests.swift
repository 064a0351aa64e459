import Testing

@testable import PenstockInference

@Suite struct ONNXRuntimeExplanationTests {
    @Test(arguments: [
        ("Load model from a.onnx failed:Protobuf parsing failed.", "Protobuf parsing failed"),
        (
            "Load model from a.onnx failed:/src/graph/load.h:46 void ns::check(const std::map<char, int>&, bool) Too new.",
            "Too new"
        ),
        (
            "Validation failed: w. Error: utils.cc:461 CheckPath Path does not exist: \"b\"",
            "Path does not exist: \"b\""
        ),
        (
            "Non-zero status code. Status Message: /src/reshape.h:40 ns::F(const T&, int) size == 4 was false. No such shape",
            "No such shape"
        ),
        ("The first line\nand another", "The first line"),
        ("", "it does not say why"),
        ("...", "it does not say why"),
        ("at a.h:12 f((", "at a.h:12 f(("),
    ])
    func `keeps what a user can act on`(words: String, text: String) {
        #expect(ONNXRuntimeExplanation(words).text == text)
    }

    @Test func `is bounded`() {
        #expect(ONNXRuntimeExplanation(String(repeating: "word ", count: 10_000)).text.count <= 500)
    }
}

@Suite struct ONNXRuntimeElementTypeTests {
    @Test func `names and numbers are each other's`() {
        for number in Int32(1)...16 {
            #expect(ONNXRuntimeElementType(named: ONNXRuntimeElementType(number).name)?.number == number)
        }
    }

    @Test func `a number that is not known is named by itself`() {
        #expect(ONNXRuntimeElementType(0).name == "type 0")
        #expect(ONNXRuntimeElementType(99).name == "type 99")
        #expect(ONNXRuntimeElementType(.min).name == "type \(Int32.min)")
    }
}
