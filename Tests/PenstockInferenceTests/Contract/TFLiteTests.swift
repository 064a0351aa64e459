import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// The folder of measuring data, when this machine has one.
private let testData = ProcessInfo.processInfo.environment["PENSTOCK_TEST_DATA"]

@Suite struct TFLiteTests {
    private static let quantized = ModelDescription.classifier([1, 224, 224, 3], type: "uint8", outputType: "uint8")

    private func contract(
        _ fixture: TFLiteFixture = TFLiteFixture(),
        _ description: ModelDescription = Self.quantized,
        _ files: [String: String] = [:]
    ) throws -> Contract {
        try ModelFolder(model: "model.tflite", fixture.bytes, files).contract(description)
    }

    @Test func `a quantised classifier needs no flag`() throws {
        let contract = try contract()
        #expect(contract.preprocessing == Preprocessing(size: ImageSize(side: 224), elementType: .uint8, layout: .nhwc))
        #expect(contract.labels?.names == ["a", "b", "c"])
        #expect(contract.outputQuantization == Quantization(scale: 0.00390625, zeroPoint: 3))
        #expect(contract.source("color") == "TFLite metadata: color_space")
        #expect(contract.source("normalization").contains("NormalizationOptions"))
        #expect(contract.source("labels") == "TFLite metadata: labels.txt")
    }

    @Test func `a float classifier is normalised as declared`() throws {
        let contract = try contract(TFLiteFixture(), .classifier([1, 224, 224, 3]))
        let expected = Normalization(scale: 1, mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5])
        #expect(contract.preprocessing.normalization == expected)
        #expect(contract.scoreFormat == .float32)
    }

    @Test func `labels beside the model come first`() throws {
        let contract = try contract(TFLiteFixture(), Self.quantized, ["labels.txt": "x\ny\nz"])
        #expect(contract.labels?.names == ["x", "y", "z"])
    }

    @Test func `a deviation of nothing is refused for a float model`() {
        let fixture = TFLiteFixture(deviation: [0])
        #expect(throws: PenstockError.self) { try contract(fixture, .classifier([1, 224, 224, 3])) }
    }

    @Test func `compressed labels are refused with what to do`() {
        let zip = ZipFixture(name: "labels.txt", content: "a\nb\nc\n", method: 8).bytes
        #expect(message { _ = try contract(TFLiteFixture(zip: zip)) }.contains("--labels"))
    }

    @Test func `an archive whose offsets count from the file's start is read too`() throws {
        var zip = ZipFixture(name: "labels.txt", content: "a\nb\nc\n").bytes
        let model = TFLiteFixture(zip: []).bytes
        let position = zip.count - 6
        let directory =
            UInt32(model.count)
            + UInt32(littleEndian: zip[position...].withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
        zip.replaceSubrange(position..<(position + 4), with: FlatBuilder.little(directory))
        let entry = zip.count - 22 - 46 - 10 + 42
        zip.replaceSubrange(entry..<(entry + 4), with: FlatBuilder.little(UInt32(model.count)))
        #expect(try contract(TFLiteFixture(zip: zip)).labels?.count == 3)
    }

    @Test func `survives every truncation and every changed byte`() throws {
        let whole = TFLiteFixture().bytes
        let folder = try ModelFolder(model: "model.tflite", whole)
        for length in stride(from: 0, to: whole.count, by: 3) {
            try Data(whole[..<length]).write(to: folder.model)
            _ = try? folder.contract(Self.quantized)
        }
        for position in whole.indices {
            for byte: UInt8 in [0x00, 0x7F, 0xFF] {
                var mutated = whole
                mutated[position] = byte
                try Data(mutated).write(to: folder.model)
                _ = try? folder.contract(Self.quantized)
            }
        }
    }

    @Test(.enabled(if: testData != nil, "PENSTOCK_TEST_DATA names no folder with imagenet/ in it"))
    func `the published MobileNet needs no flag`() throws {
        let model = try ModelFile(FilePath("\(testData!)/imagenet/mobilenet_v2_1.0_224_quant.tflite"))
        let description = ModelDescription.classifier(
            [1, 224, 224, 3],
            type: "uint8",
            output: [1, 1001],
            outputType: "uint8"
        )
        let contract = try Contract.resolve(model, description)
        #expect(contract.preprocessing == Preprocessing(size: ImageSize(side: 224), elementType: .uint8, layout: .nhwc))
        #expect(contract.labels?.count == 1001)
        #expect(contract.labels?[0] == "background" && contract.labels?[286] == "Egyptian cat")
        #expect(contract.outputQuantization == Quantization(scale: 1.0 / 256, zeroPoint: 0))
        #expect(contract.source("labels") == "TFLite metadata: imagenet_labels.txt")
    }
}
