import Foundation
import PenstockCore
import PenstockFlow
import Testing

@testable import Penstock

/// A real classifier on real photos, against Pillow and the engine's own Python package.
@Suite(.enabled(if: Reference.data != nil, "PENSTOCK_TEST_DATA names no folder with an ImageNet classifier"))
struct ImageNetTests {
    private func path(_ name: String) -> FilePath {
        FilePath(Reference.data!.appendingPathComponent(name).path)
    }

    private func session(filter: ResamplingFilter? = nil, fit: Fit? = nil) async throws -> Session {
        var configuration = Session.Configuration()
        configuration.precision = .f32
        configuration.contract.filter = filter
        configuration.contract.fit = fit
        return try await Session(model: path("mobilenet_v2_1.0_224_quant.tflite"), configuration: configuration)
    }

    @Test func `names what the photos show without being told anything about the model`() async throws {
        let session = try await Session(model: path("mobilenet_v2_1.0_224_quant.tflite"))
        let expected = [
            "cat.bmp": "Egyptian cat", "parrot.jpg": "macaw", "grace_hopper.bmp": "military uniform",
            "hot_dog.jpg": "hotdog",
        ]
        for (picture, label) in expected {
            for try await item in session.classify(.files([path(picture)])) {
                #expect(item.top.first?.label?.hasPrefix(label) == true, "\(picture): \(item.outcome)")
            }
        }
    }

    @Test(arguments: ["nearest", "box", "bilinear", "bicubic", "lanczos", "cover-down", "cover-halfToEven"])
    func `scores agree with the reference to one step of quantisation`(resize: String) async throws {
        let reference = try Reference.read("imagenet_reference.json")
        let contract = Preprocessing(resize: resize)
        let session = try await session(filter: contract.filter, fit: contract.fit)
        var options = ClassificationJob.Options()
        options.topCount = 1001
        for entry in reference.pictures where entry.resize == resize {
            for try await item in session.classify(.files([path(entry.picture)]), options: options) {
                let scores = Dictionary(uniqueKeysWithValues: item.top.map { ($0.classIndex, $0.score) })
                for expected in entry.top {
                    let difference = abs(scores[expected.class, default: 0] - expected.score)
                    #expect(difference <= reference.outputScale * 1.001, "\(entry.picture) \(expected.label)")
                }
                #expect(item.size == ImageSize(width: entry.width, height: entry.height))
            }
        }
    }

    @Test func `every tensor is the reference's byte for byte`() throws {
        for entry in try Reference.read("imagenet_reference.json").pictures {
            let contract = Preprocessing(resize: entry.resize)
            let loader = PictureLoader([contract], options: ClassificationJob.Options(), meters: StageMeters())
            let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: contract.byteCount, alignment: 64)
            defer { slot.deallocate() }
            _ = try loader.load(
                PictureInput(index: 0, name: path(entry.picture), location: .file),
                into: OnePlace(memory: slot)
            )
            #expect(crc32(slot) == entry.tensorCRC32, "\(entry.picture) \(entry.resize)")
        }
    }
}
