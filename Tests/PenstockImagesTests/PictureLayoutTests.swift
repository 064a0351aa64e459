import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

/// Grey and opacity as decoders give them where they are asked for, against Pillow's `convert`.
@Suite struct PictureLayoutTests {
    struct Expectation: Decodable {
        var layout: String
        /// The checksum of all samples.
        var crc: UInt32
        /// The same with black in place of colours that cannot be seen.
        var visible: UInt32?
    }

    static let expected: [String: Expectation] = {
        let data = try! Data(contentsOf: Fixtures.folder.appendingPathComponent("layouts.json"))
        return try! JSONDecoder().decode([String: Expectation].self, from: data)
    }()

    /// Transparent levels of grey below 8 bits, which Pillow misreads; a second stream; grey that is kept as a palette.
    static let different: Set = [
        "alpha.avif", "grey-1-trns.png", "grey-2-trns.png", "grey-4-trns.png", "1.bmp", "l.bmp", "l.pcx",
    ]

    @Test(arguments: expected.keys.filter { !different.contains($0) }.sorted())
    func `every channel equals Pillow's`(name: String) throws {
        let expected = try #require(Self.expected[name])
        let canvas = PixelCanvas { $0 }
        let info = try decode(Fixtures.bytes(name), to: canvas)
        #expect(info.natural.name == expected.layout)
        #expect(canvas.pixels.layout.name == expected.layout)
        let sum = crc32(canvas.pixels.bytes)
        if name.hasSuffix(".gif") {
            // FFmpeg's decoder does not keep the colours of pixels that cannot be seen.
            #expect(crc32(canvas.pixels.visible.bytes) == expected.visible)
        } else {
            #expect(sum == expected.crc)
        }
    }

    @Test(arguments: Fixtures.expected.keys.sorted())
    func `a probe knows what decoding finds`(name: String) throws {
        let bytes = Fixtures.bytes(name)
        let probed = try probe(bytes)
        let decoded = try decode(bytes).info
        #expect(probed.natural == decoded.natural)
        #expect(probed.depth == decoded.depth)
        #expect([1, 2, 4, 5, 8, 10, 12, 16].contains(probed.depth))
    }

    @Test(arguments: Fixtures.exact)
    func `what a file does not hold is not made`(name: String) throws {
        for layout in PixelLayout.allCases {
            let canvas = PixelCanvas { _ in layout }
            let info = try decode(Fixtures.bytes(name), to: canvas)
            let given = canvas.pixels.layout
            #expect(given == .rgb || given == layout)
            if given == .rgb { #expect(crc32(canvas.pixels.bytes) == Fixtures.expected[name]?.crc) }
            if info.natural == layout {
                #expect(given == layout)
            }
        }
    }
}

/// Decodes bytes into a sink.
func decode(_ bytes: [UInt8], to sink: some RowSink) throws(PenstockError) -> PictureInfo {
    let result: Result<PictureInfo, PenstockError> = bytes.withUnsafeBytes { data in
        do throws(PenstockError) {
            return .success(try PictureDecoder().decode(data, into: sink))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}

extension PixelBuffer {
    /// With black in place of what cannot be seen.
    fileprivate var visible: PixelBuffer {
        guard layout == .rgba else { return self }
        var copy = self
        copy.withMutableBytes { bytes in
            for index in stride(from: 0, to: bytes.count, by: 4) where bytes[index + 3] == 0 {
                for channel in 0..<3 { bytes[index + channel] = 0 }
            }
        }
        return copy
    }
}
