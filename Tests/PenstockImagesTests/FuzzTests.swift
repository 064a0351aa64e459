import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

/// The same numbers on every machine and in every run.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Damaged pictures end in a picture or in an error; nothing crashes, hangs, or spoils the next picture.
@Suite(
    .disabled(
        if: ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil,
        "one thread alone decodes here, and the thread sanitizer would take minutes"
    )
)
struct FuzzTests {
    /// Small limits keep a damaged size from costing much.
    private let options = [
        DecodeOptions(maxPixels: 1 << 20), DecodeOptions(maxPixels: 1 << 20, allowTruncated: true),
    ]

    @Test(arguments: Fixtures.expected.keys.sorted())
    func `damaged bytes end in a picture or an error`(name: String) throws {
        let whole = Fixtures.bytes(name)
        var numbers = Numbers(state: UInt64(crc32(whole)))
        let decoder = PictureDecoder()
        for _ in 0..<20 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                // Headers are short, and damage there goes furthest.
                let end = Bool.random(using: &numbers) ? min(bytes.count, 200) : bytes.count
                bytes[Int.random(in: 0..<end, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            if Int.random(in: 0..<4, using: &numbers) == 0 {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers))
            }
            for options in options { _ = try? decode(bytes, options, by: decoder, layout: { $0 }) }
            _ = try? probe(bytes)
        }
        guard Fixtures.expected[name]?.near != true else { return }
        #expect(crc32(try decode(whole, by: decoder).pixels.bytes) == Fixtures.expected[name]?.crc)
    }

    @Test(arguments: ["medium.jpg", "rgba-16-interlaced.png", "lossy-61x43.webp", "animated-part.webp", "p.gif"])
    func `every length ends in a picture or an error`(name: String) {
        let whole = Fixtures.bytes(name)
        let decoder = PictureDecoder()
        let step = max(1, whole.count / 100)
        for count in Array(0..<min(64, whole.count)) + Array(stride(from: 64, to: whole.count, by: step)) {
            for options in options { _ = try? decode([UInt8](whole[..<count]), options, by: decoder, layout: { $0 }) }
            _ = try? probe([UInt8](whole[..<count]))
        }
    }
}
