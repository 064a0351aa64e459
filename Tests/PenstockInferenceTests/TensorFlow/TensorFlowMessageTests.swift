import Testing

@testable import PenstockInference

@Suite struct TensorFlowMessageTests {
    @Test(arguments: [
        (
            "Tensor x:0, specified in either feed_devices or fetch_devices was not found in the Graph",
            "Tensor x:0, specified in either feed_devices or fetch_devices was not found in the Graph"
        ),
        (
            "{{function_node __inference_x_12}} Input to reshape is a tensor with 6 values.\n\t [[{{node r}}]]",
            "Input to reshape is a tensor with 6 values"
        ),
        (
            "2 root error(s) found.\n  (0) INVALID_ARGUMENT: shapes [1,2] do not fit\n\t [[{{node a}}]]\n  (1) other",
            "INVALID_ARGUMENT: shapes [1,2] do not fit"
        ),
        ("Unsuccessful open [[{{node save/RestoreV2}}]]", "Unsuccessful open"),
        ("", "it gave no reason"),
    ]) func `keeps the line that tells`(text: String, telling: String) {
        #expect(TensorFlowMessage(text).telling.hasPrefix(String(telling.prefix(20))))
        #expect(!TensorFlowMessage(text).telling.contains("{{"))
    }

    @Test func `names an unknown operation and cuts a page short`() {
        let unknown =
            "Op type not registered 'Foo' in binary running on host. Make sure the Op and Kernel are registered."
        #expect(TensorFlowMessage(unknown).telling.contains("the operation Foo, which"))
        #expect(TensorFlowMessage(String(repeating: "long ", count: 1000)).telling.count <= 300)
    }
}
