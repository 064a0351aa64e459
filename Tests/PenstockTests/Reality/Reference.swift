import Foundation
import PenstockCore

/// What Pillow and the engine's own Python package made of pictures, written by `Scripts/reference_imagenet.py`.
struct Reference: Decodable {
    let outputScale: Float
    let pictures: [Entry]

    struct Entry: Decodable {
        let picture: String
        let width: Int
        let height: Int
        let resize: String
        let tensorCRC32: UInt32
        let top: [Class]
    }

    struct Class: Decodable {
        let `class`: Int
        let label: String
        let score: Float
    }

    static let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
        .reduce(URL(fileURLWithPath: "/")) { $0.appendingPathComponent($1) }

    static func read(_ name: String) throws -> Reference {
        let file = package.appendingPathComponent("Tests/PenstockTests/Fixtures/\(name)")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    /// The folder with pictures and models too large for the repository, if this machine has it.
    static let data = ProcessInfo.processInfo.environment["PENSTOCK_TEST_DATA"].map {
        URL(fileURLWithPath: $0).appendingPathComponent("imagenet")
    }
}

extension Preprocessing {
    /// The contract that a reference's resize stands for, for bytes of 224 by 224.
    init(resize: String) {
        self.init(size: ImageSize(side: 224), elementType: .uint8)
        switch resize {
        case "cover-down": fit = .cover(cropFraction: 0.875, rounding: .down)
        case "cover-halfToEven": fit = .cover(cropFraction: 0.875, rounding: .halfToEven)
        default: filter = ResamplingFilter(rawValue: resize)!
        }
    }
}

/// The checksum that zlib computes.
func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
