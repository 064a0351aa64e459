import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct ContractFlagsTests {
    @Test func `reads sizes`() throws {
        #expect(try ContractFlags.size("299") == ImageSize(side: 299))
        #expect(try ContractFlags.size("299x224") == ImageSize(width: 299, height: 224))
    }

    @Test(arguments: ["", "0", "-1", "x", "299x", "1x2x3", "99999999", "2.5"]) func `refuses other sizes`(text: String)
    {
        #expect(throws: PenstockError.self) { try ContractFlags.size(text) }
    }

    @Test func `reads fits`() throws {
        #expect(try ContractFlags.fit("stretch") == .stretch)
        #expect(try ContractFlags.fit("cover") == .cover())
        #expect(try ContractFlags.fit("cover:0.875") == .cover(cropFraction: 0.875))
        #expect(try ContractFlags.fit("contain") == .contain())
        #expect(try ContractFlags.fit("contain:114") == .contain(pad: 114))
    }

    @Test(arguments: [
        "", "crop", "cover:", "cover:0", "cover:1.1", "cover:nan", "contain:256", "contain:x", "stretch:1",
    ])
    func `refuses other fits`(text: String) {
        #expect(throws: PenstockError.self) { try ContractFlags.fit(text) }
    }

    @Test func `reads numbers`() throws {
        #expect(try ContractFlags.channels("0.485,0.456,0.406", flag: "--mean") == [0.485, 0.456, 0.406])
        #expect(try ContractFlags.channels("0.5", flag: "--mean") == [0.5])
        #expect(try ContractFlags.scale("1/255") == 1.0 / 255)
        #expect(try ContractFlags.scale("0.5") == 0.5)
    }

    @Test(arguments: ["", "1,2", "1,2,3,4", "a,b,c", "1,,2", "nan", "0x1p3", "1e999"]) func `refuses other numbers`(
        text: String
    ) {
        #expect(throws: PenstockError.self) { try ContractFlags.channels(text, flag: "--mean") }
        #expect(throws: PenstockError.self) { try ContractFlags.scale(text) }
    }

    @Test func `reads names, and lists them when one is unknown`() throws {
        #expect(try ContractFlags.filter("opencv-bilinear") == .opencvBilinear)
        #expect(try ContractFlags.colorOrder("BGR") == .bgr)
        #expect(try ContractFlags.preset("caffe") == .caffe)
        #expect(try ContractFlags.activation("softmax") == .softmax)
        #expect(message { _ = try ContractFlags.preset("keras") }.contains("inception, imagenet, caffe, raw"))
    }

    private func normalization(_ change: (inout ContractFlags) -> Void) throws -> Normalization {
        try ModelFolder().contract(.classifier(), change).preprocessing.normalization
    }

    @Test func `means and deviations alone are on 0 to 1`() throws {
        let found = try normalization { ($0.mean, $0.deviation) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]) }
        #expect(found == Preset.imagenet.normalization)
    }

    @Test func `numbers on 0 to 255 need a scale`() throws {
        let text = message { _ = try normalization { $0.mean = [123.675, 116.28, 103.53] } }
        #expect(text.contains("--scale 1"))
        let found = try normalization { ($0.scale, $0.mean) = (1, [123.675, 116.28, 103.53]) }
        #expect(found == Normalization(scale: 1, mean: [123.675, 116.28, 103.53]))
    }

    @Test func `a preset and numbers contradict each other`() {
        #expect(
            message { _ = try normalization { ($0.preset, $0.mean) = (.raw, [0]) } }.contains("--preset raw and --mean")
        )
    }

    @Test func `a scale alone is enough`() throws {
        #expect(try normalization { $0.scale = 1.0 / 255 } == Normalization(scale: 1.0 / 255))
    }
}
