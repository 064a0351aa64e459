import Foundation
import PenstockCore
import PenstockFlow
import Testing

@testable import Penstock

/// What decoding a JPEG straight to a fraction of its size does to the tensor. `Documentation/Pictures.md` has the
/// figures that this prints.
@Suite(.enabled(if: Reference.data != nil, "PENSTOCK_TEST_DATA names no folder with photos"))
struct FastDecodeTests {
    private func tensor(_ picture: String, fast: Bool) throws -> [UInt8] {
        let contract = Preprocessing(size: ImageSize(side: 224), elementType: .uint8)
        var options = ClassificationJob.Options()
        options.allowsFastDecode = fast
        let loader = PictureLoader([contract], options: options, meters: StageMeters())
        let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: contract.byteCount, alignment: 64)
        defer { slot.deallocate() }
        let path = FilePath(Reference.data!.appendingPathComponent(picture).path)
        _ = try loader.load(PictureInput(index: 0, name: path, location: .file), into: OnePlace(memory: slot))
        return Array(slot)
    }

    @Test(arguments: [("cat_1080p.jpg", 2.0), ("parrot.jpg", 3.0), ("hot_dog.jpg", 0.0)])
    func `changes pixels by little and leaves pictures that are not much larger alone`(
        picture: String,
        mostOnAverage: Double
    ) throws {
        let differences = zip(try tensor(picture, fast: false), try tensor(picture, fast: true)).map {
            abs(Int($0) - Int($1))
        }
        let mean = Double(differences.reduce(0, +)) / Double(differences.count)
        print("fast decode of \(picture): mean difference \(mean) levels, largest \(differences.max()!)")
        #expect(mean <= mostOnAverage)
    }
}
