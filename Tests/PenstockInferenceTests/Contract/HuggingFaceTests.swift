import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct HuggingFaceTests {
    private let imagenet = Preset.imagenet.normalization

    private func isClose(_ left: Normalization, _ right: Normalization) -> Bool {
        let pairs = zip([left.scale] + left.mean + left.deviation, [right.scale] + right.mean + right.deviation)
        return pairs.allSatisfy { abs($0 - $1) < 1e-12 }
    }

    @Test func `ViT stretches`() throws {
        let contract = try ModelFolder(fixture: "vit").contract(.classifier())
        #expect(contract.preprocessing.fit == .stretch)
        #expect(contract.preprocessing.filter == .bilinear)
        #expect(contract.preprocessing.layout == .nchw)
        let expected = Normalization(scale: 1.0 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
        #expect(isClose(contract.preprocessing.normalization, expected))
        #expect(contract.labels?.names == ["tench", "goldfish", "great white shark"])
        #expect(contract.source("labels") == "config.json: id2label")
        #expect(contract.source("normalization").hasPrefix("preprocessor_config.json"))
    }

    @Test func `CLIP takes the shortest edge and crops`() throws {
        let contract = try ModelFolder(fixture: "clip").contract(.classifier())
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.875, rounding: .down))
        #expect(contract.preprocessing.filter == .bicubic)
        #expect(contract.preprocessing.normalization.mean[0] == 0.48145466)
        #expect(contract.labels == nil)
    }

    @Test(arguments: ["convnext", "resnet"]) func `ConvNeXT crops below 384`(fixture: String) throws {
        let contract = try ModelFolder(fixture: fixture).contract(.classifier())
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.875, rounding: .down))
        #expect(contract.preprocessing.size == ImageSize(side: 224))
        #expect(isClose(contract.preprocessing.normalization, imagenet))
    }

    @Test func `ConvNeXT stretches from 384 on`() throws {
        let json = #"{"image_processor_type":"ConvNextImageProcessorFast","size":{"shortest_edge":384},"resample":3}"#
        let contract = try ModelFolder([], ["preprocessor_config.json": json]).contract(
            .classifier([nil, 3, 384, 384])
        )
        #expect(contract.preprocessing.fit == .stretch)
        #expect(contract.preprocessing.size == ImageSize(side: 384))
    }

    @Test func `EfficientNet divides by its deviation twice`() throws {
        let contract = try ModelFolder(fixture: "efficientnet").contract(.classifier())
        #expect(contract.preprocessing.fit == .stretch)
        #expect(contract.preprocessing.filter == .nearest)
        #expect(abs(contract.preprocessing.normalization.deviation[0] - 0.229) < 1e-6)
    }

    @Test func `MobileViT takes BGR and does not normalise`() throws {
        let contract = try ModelFolder(fixture: "mobilevit").contract(.classifier())
        #expect(contract.preprocessing.colorOrder == .bgr)
        #expect(isClose(contract.preprocessing.normalization, Normalization(scale: 1.0 / 255)))
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.875))
    }

    @Test func `LeViT enlarges its edge before the crop`() throws {
        let contract = try ModelFolder(fixture: "levit").contract(.classifier())
        #expect(contract.preprocessing.fit == .cover(cropFraction: 0.875))
    }

    @Test func `DeiT's stretch and crop is refused, and flags overrule that`() throws {
        let folder = try ModelFolder(fixture: "deit")
        #expect(message { _ = try folder.contract(.classifier()) }.contains("stretches to 256×256"))
        let contract = try folder.contract(.classifier()) { $0.fit = .cover(cropFraction: 0.875) }
        #expect(contract.source("fit") == "--fit")
        #expect(isClose(contract.preprocessing.normalization, imagenet))
    }

    @Test func `means follow the channel order that a flag asks for`() throws {
        let contract = try ModelFolder(fixture: "convnext").contract(.classifier()) { $0.colorOrder = .bgr }
        #expect(contract.preprocessing.normalization.mean == [0.406, 0.456, 0.485])
    }

    @Test func `several right labels mean a sigmoid`() throws {
        let json = #"{"problem_type":"multi_label_classification","id2label":{"0":"a","1":"b","2":"c"}}"#
        let contract = try ModelFolder(fixture: "clip", ["config.json": json]).contract(.classifier())
        #expect(contract.activation == .sigmoid && contract.labels?.count == 3)
    }

    @Test func `an unknown type is taken at its file's word`() throws {
        let json = """
            {"image_processor_type":"NewImageProcessor","do_resize":true,"size":{"height":224,"width":224},"resample":1,
             "do_rescale":true,"rescale_factor":0.1,"do_normalize":false}
            """
        let contract = try ModelFolder([], ["preprocessor_config.json": json]).contract(.classifier())
        #expect(contract.preprocessing.filter == .lanczos && contract.preprocessing.fit == .stretch)
        #expect(contract.preprocessing.normalization == Normalization(scale: 0.1))
    }

    @Test(arguments: [
        #"{"image_processor_type":"NewImageProcessor","size":224}"#,
        #"{"image_processor_type":"CLIPImageProcessor","do_center_crop":false,"size":{"shortest_edge":224}}"#,
        #"{"image_processor_type":"ViTImageProcessor","size":{"shortest_edge":800,"longest_edge":1333}}"#,
        #"{"image_processor_type":"ViTImageProcessor","size":{"height":-1,"width":1e30}}"#,
        #"{"image_processor_type":"CLIPImageProcessor","size":{"shortest_edge":200},"crop_size":{"height":224,"width":224}}"#,
        #"{"image_processor_type":"ConvNextImageProcessor","size":{"shortest_edge":224},"crop_pct":0}"#,
        #"{"image_processor_type":"ViTImageProcessor","size":224,"image_std":[0,1,1]}"#,
        #"{"image_processor_type":"ViTImageProcessor","size":224,"image_mean":[1,2]}"#,
        #"{"image_processor_type":"ViTImageProcessor","size":224,"resample":9}"#,
        #"{"image_processor_type":"PerceiverImageProcessor","size":224}"#,
        #"{"do_resize":false,"image_processor_type":"ViTImageProcessor"}"#,
        "{", "[]",
    ]) func `what cannot be honoured is refused`(json: String) throws {
        let folder = try ModelFolder([], ["preprocessor_config.json": json])
        #expect(throws: PenstockError.self) { try folder.contract(.classifier([1, 3, nil, nil])) }
        #expect(throws: PenstockError.self) { try folder.contract(.classifier()) }
        let flagged = try folder.contract(.classifier()) { flags in
            (flags.preset, flags.fit, flags.filter, flags.size) = (.raw, .stretch, .box, ImageSize(side: 224))
            flags.labels = FilePath(try ModelFolder.labels(in: folder))
        }
        #expect(flagged.preprocessing.filter == .box)
    }

    @Test func `every pair of edges gives back the edge that was resized to`() {
        for resized in 1...600 {
            for crop in stride(from: 1, through: resized, by: 7) {
                let fraction = Fit.cropFraction(from: resized, to: crop)!
                #expect(Int(Double(crop) / fraction) == resized && fraction <= 1)
            }
        }
    }

    @Test func `a model in an onnx folder belongs to the folder above`() throws {
        let folder = try ModelFolder(model: "onnx/model.onnx", [], ["labels.txt": "a\nb\nc\n"])
        #expect(try folder.contract(.classifier()) { $0.preset = .raw }.labels?.names == ["a", "b", "c"])
    }
}

extension ModelFolder {
    /// Writes a file of three labels.
    static func labels(in folder: ModelFolder) throws -> String {
        let file = folder.url.appending(path: "given.txt")
        try "a\nb\nc\n".write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }
}
