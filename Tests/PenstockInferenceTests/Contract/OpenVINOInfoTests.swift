import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct OpenVINOInfoTests {
    private func xml(_ info: String) -> String {
        """
        <?xml version="1.0"?>
        <net name="model" version="11"><layers><layer id="0" name="x"><rt_info><attribute name="a" value="b"/></rt_info>
        </layer></layers><edges/><rt_info><conversion><is_python value="False"/></conversion>
        <model_info>\(info)</model_info><runtime value="2024"/></rt_info></net>
        """
    }

    private func contract(_ info: String, _ change: (inout ContractFlags) -> Void = { _ in }) throws -> Contract {
        try ModelFolder(model: "model.xml", Array(xml(info).utf8)).contract(.classifier(), change)
    }

    private static let usual = """
        <model_type value="Classification"/><labels value="Egyptian_cat tabby &quot;dog&#x27;"/>
        <mean_values value="123.675 116.28 103.53"/><scale_values value="58.395, 57.12, 57.375"/>
        <resize_type value="crop"/><reverse_input_channels value="True"/><multilabel value="False"/>
        """

    @Test func `reads a classifier's section`() throws {
        let contract = try contract(Self.usual)
        #expect(contract.preprocessing.fit == .cover())
        #expect(contract.preprocessing.filter == .opencvBilinear)
        #expect(contract.preprocessing.colorOrder == .rgb)
        let expected = Normalization(scale: 1, mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375])
        #expect(contract.preprocessing.normalization == expected)
        #expect(contract.labels?.names == ["Egyptian cat", "tabby", "\"dog'"])
        #expect(contract.activation == .auto)
        #expect(contract.source("normalization") == "rt_info: model_info/mean_values, scale_values")
    }

    @Test func `pads, takes bytes, and lets several be right`() throws {
        let contract = try contract(
            """
            <model_type value="Classification"/><resize_type value="fit_to_window_letterbox"/><pad_value value="114"/>
            <multilabel value="True"/>
            """
        )
        #expect(contract.preprocessing.fit == .contain(pad: 114))
        #expect(contract.preprocessing.normalization == .none)
        #expect(contract.activation == .sigmoid)
    }

    @Test func `scales to one where a recent export says so`() throws {
        let contract = try contract(
            #"<model_type value="Classification"/><intensity_mode value="scale_to_unit"/><mean_values value="0.5"/>"#
        )
        #expect(contract.preprocessing.normalization == Normalization(scale: 1.0 / 255, mean: [0.5, 0.5, 0.5]))
    }

    @Test func `leaves the channel order to the user where the file leaves it open`() throws {
        let info = #"<model_type value="Classification"/><reverse_input_channels value="False"/>"#
        #expect(message { _ = try contract(info) }.contains("--color rgb or --color bgr"))
        #expect(try contract(info) { $0.colorOrder = .bgr }.preprocessing.colorOrder == .bgr)
        #expect(try contract(info + #"<otx_version value="2.2"/>"#).preprocessing.colorOrder == .rgb)
    }

    @Test(arguments: [
        #"<resize_type value="fit_to_window"/>"#, #"<resize_type value="zoom"/>"#, #"<mean_values value="1 2"/>"#,
        #"<mean_values value="a b c"/>"#, #"<scale_values value="0"/>"#, #"<intensity_mode value="window"/>"#,
        #"<resize_type value="fit_to_window_letterbox"/><pad_value value="300"/>"#,
    ]) func `refuses what it cannot honour`(info: String) {
        #expect(throws: PenstockError.self) { try contract(#"<model_type value="Classification"/>"# + info) }
    }

    @Test func `another tool's section says nothing of the input`() throws {
        #expect(throws: PenstockError.self) { try contract(#"<labels value="a b c"/>"#) }
        #expect(try contract(#"<labels value="a b c"/>"#) { $0.preset = .raw }.labels?.names == ["a", "b", "c"])
    }

    @Test func `survives truncations and mutations`() throws {
        let whole = Array(xml(Self.usual).utf8)
        let folder = try ModelFolder(model: "model.xml", whole)
        for length in 0..<whole.count {
            _ = XMLAttributes(Array(whole[..<length]))
            var mutated = whole
            mutated[length] = [0x3C, 0x3E, 0x22, 0x26, 0xFF][length % 5]
            try Data(mutated).write(to: folder.model)
            _ = try? folder.contract(.classifier())
        }
    }
}
