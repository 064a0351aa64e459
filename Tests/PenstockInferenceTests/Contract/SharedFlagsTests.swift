import PenstockCore
import Testing

@testable import PenstockInference

/// Flags that several models share.
@Suite struct SharedFlagsTests {
    private func contract(
        _ description: ModelDescription = .classifier(),
        _ files: [String: String] = [:],
        _ change: (inout ContractFlags) throws -> Void
    ) throws -> Contract {
        try ModelFolder([], files).contract(description, asDefaults: true, change)
    }

    @Test func `they fill in what nothing declares`() throws {
        let files = ["penstock.json": #"{"filter":"box"}"#]
        let contract = try contract(.classifier(), files) { ($0.filter, $0.preset) = (.hamming, .caffe) }
        #expect(contract.preprocessing.filter == .box)
        #expect(contract.preprocessing.normalization == Preset.caffe.normalization)
        #expect(contract.preprocessing.colorOrder == .bgr && contract.source("color") == "--preset caffe")
    }

    @Test func `a preset leaves the colours of a model that declares its normalisation`() throws {
        let files = ["penstock.json": #"{"scale":1}"#]
        let contract = try contract(.classifier(), files) { $0.preset = .caffe }
        #expect(contract.preprocessing.colorOrder == .rgb)
    }

    @Test func `a colour order that is asked for holds where none is declared`() throws {
        let files = ["penstock.json": #"{"scale":1}"#]
        #expect(try contract(.classifier(), files) { $0.colorOrder = .bgr }.preprocessing.colorOrder == .bgr)
    }

    @Test func `what the model's input settles stands`() throws {
        let change = { (flags: inout ContractFlags) in
            flags.size = ImageSize(side: 299)
            flags.layout = .nhwc
            flags.preset = .inception
        }
        let fixed = try contract(.classifier([1, 3, 224, 224]), [:], change)
        #expect(fixed.preprocessing.size == ImageSize(side: 224) && fixed.preprocessing.layout == .nchw)
        let bytes = try contract(.classifier([1, 224, 224, 3], type: "uint8"), [:], change)
        #expect(bytes.preprocessing.normalization == .none && !bytes.source("normalization").contains("--preset"))
        let open = try contract(.classifier([1, nil, nil, nil]), [:], change)
        #expect(open.preprocessing.size == ImageSize(side: 299) && open.preprocessing.layout == .nhwc)
    }

    @Test func `without any normalisation a float model is refused as ever`() {
        #expect(message { _ = try contract { $0.fit = .stretch } }.contains("--preset"))
    }
}
