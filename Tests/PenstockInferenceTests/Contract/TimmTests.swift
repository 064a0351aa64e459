import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct TimmTests {
    @Test func `crops from the middle, half to even`() throws {
        let contract = try ModelFolder(fixture: "timm").contract(.classifier())
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.95, rounding: .halfToEven))
        #expect(contract.preprocessing.filter == .bicubic)
        #expect(contract.preprocessing.normalization == Preset.imagenet.normalization)
        #expect(contract.labels?.names == ["daisy", "rose", "tulip"])
        #expect(contract.source("labels") == "config.json: label_names")
    }

    @Test func `a model exported at the test size is fed as tested`() throws {
        let contract = try ModelFolder(fixture: "timm").contract(.classifier([1, 3, 288, 288]))
        #expect(contract.preprocessing.size == ImageSize(side: 288))
        #expect(contract.preprocessing.fit == .cover(cropFraction: 1, rounding: .halfToEven))
    }

    @Test func `a model of any size is fed at the usual one`() throws {
        let contract = try ModelFolder(fixture: "timm").contract(.classifier([nil, 3, nil, nil]))
        #expect(contract.preprocessing.size == ImageSize(side: 224))
    }

    @Test func `squashes whole pictures`() throws {
        let contract = try ModelFolder(fixture: "timm-squash").contract(.classifier())
        #expect(contract.preprocessing.fit == .stretch)
        #expect(contract.labels?.names == ["daisy", "rose", "tulip"])
    }

    private func fit(_ keys: String) throws -> Fit {
        let json = #"{"architecture":"x","pretrained_cfg":{"input_size":[3,224,224],\#(keys)}}"#
        return try ModelFolder([], ["config.json": json]).contract(.classifier()).preprocessing.fit
    }

    @Test func `draws a border only where it is one grey`() throws {
        #expect(try fit(#""crop_mode":"border","crop_pct":1.0,"mean":[0.5,0.5,0.5]"#) == .contain(pad: 128))
        #expect(throws: PenstockError.self) { try fit(#""crop_mode":"border","crop_pct":1.0"#) }
    }

    @Test(arguments: [
        #""crop_mode":"squash","crop_pct":0.9"#, #""crop_mode":"other""#, #""crop_pct":0"#, #""crop_pct":1.5"#,
        #""interpolation":"sinc""#, #""std":[0,1,1]"#, #""mean":"x""#,
    ]) func `refuses what a contract cannot say`(keys: String) {
        #expect(throws: PenstockError.self) { try fit(keys) }
    }

    @Test func `keys at the top are of an old release`() throws {
        let json = #"{"architecture":"x","input_size":[3,224,224],"crop_pct":0.875,"interpolation":"random"}"#
        let contract = try ModelFolder([], ["config.json": json]).contract(.classifier())
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.875, rounding: .halfToEven))
        #expect(contract.preprocessing.filter == .bilinear)
    }

    @Test func `a processor that wraps timm is read as timm`() throws {
        let json =
            #"{"image_processor_type":"TimmWrapperImageProcessor","pretrained_cfg":{"input_size":[3,224,224],"crop_pct":0.9}}"#
        let contract = try ModelFolder([], ["preprocessor_config.json": json]).contract(.classifier())
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.9, rounding: .halfToEven))
    }
}
