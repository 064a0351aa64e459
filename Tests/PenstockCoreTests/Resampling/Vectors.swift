import Foundation
import PenstockCore

/// A line of a fixture that `Scripts/make_resampling_vectors.py` wrote.
struct Vector {
    private let fields: [String: String]

    subscript(_ name: String) -> String { fields[name]! }
    func number(_ name: String) -> Int { Int(fields[name]!)! }

    var filter: ResamplingFilter { ResamplingFilter(rawValue: self["filter"])! }
    var target: ImageSize { ImageSize(width: number("width"), height: number("height")) }
    var source: ImageSize { ImageSize(width: number("source-width"), height: number("source-height")) }
    var picture: TestPicture { TestPicture(fields["kind"] ?? "noise", seed: number("seed"), size: source) }
    var checksum: UInt32 { UInt32(self["checksum"], radix: 16)! }
    var description: String { fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }

    /// The whole picture, where the fixture has it.
    var pixels: [UInt8] {
        let digits = Array(self["pixels"].utf8)
        return stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)!
        }
    }

    /// Every case of a fixture.
    static func all(in name: String) throws -> [Vector] {
        let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil)!
        let text = try String(contentsOf: folder.appending(path: "Resampling/\(name)"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return lines.dropFirst().map { values in
            Vector(fields: Dictionary(uniqueKeysWithValues: zip(lines[0], values)))
        }
    }
}
