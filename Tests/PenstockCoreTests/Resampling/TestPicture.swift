import Foundation
import PenstockCore

/// A picture that tests and `Scripts/make_resampling_vectors.py` draw alike.
struct TestPicture {
    let size: ImageSize
    let pixels: [UInt8]

    init(size: ImageSize, pixels: [UInt8]) {
        self.size = size
        self.pixels = pixels
    }

    /// Draws a picture of a named kind.
    init(_ kind: String, seed: Int, size: ImageSize) {
        self.size = size
        switch kind {
        case "noise": pixels = Self.noise(size.pixelCount * 3, seed: UInt64(seed))
        case "pattern": pixels = Self.pattern(size, seed: seed)
        default: pixels = Array(repeating: 255, count: size.pixelCount * 3)
        }
    }

    /// Bytes of SplitMix64, least significant first.
    static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SplitMix64(state: seed)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next().littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private static func pattern(_ size: ImageSize, seed: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size.pixelCount * 3)
        for y in 0..<size.height {
            for x in 0..<size.width {
                bytes.append(UInt8(truncatingIfNeeded: x * 5 + y * 3 + seed))
                bytes.append((x / 3 ^ y / 2) & 1 == 1 ? 255 : 0)
                bytes.append((x + y + seed) % 17 < 8 ? 255 : 0)
            }
        }
        return bytes
    }
}

/// A generator that every language writes alike.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
