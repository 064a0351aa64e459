import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct WebPEncoderTests {
    private var lossless: PictureEncoding {
        var encoding = WebPEncoding()
        encoding.isLossless = true
        encoding.quality = 20
        return .webp(encoding)
    }

    private func lossy(quality: Int) -> PictureEncoding {
        var encoding = WebPEncoding()
        encoding.quality = quality
        return .webp(encoding)
    }

    @Test(arguments: PixelLayout.allCases)
    func `pixels come back exactly where nothing may be lost`(layout: PixelLayout) throws {
        for width in stride(from: 1, through: 70, by: 3) {
            for kind in [DrawnPicture.noise, .grain, .runs] {
                let pixels = kind.pixels(ImageSize(width: width, height: 24), layout)
                #expect(try holds(encode(pixels, as: lossless), pixels), "\(kind) \(width)")
            }
        }
    }

    @Test func `lossy pictures are near, and smaller for less quality`() throws {
        let pixels = DrawnPicture.gradient.pixels(ImageSize(width: 120, height: 60), .gray)
        let file = try encode(pixels, as: lossy(quality: 95))
        let decoded = try decode(file).pixels
        let difference = zip(decoded.bytes, pixels.spread(to: .rgb)).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        // A mean of four levels: chroma is halved, and the gradient jumps where it wraps.
        #expect(difference < 4 * decoded.bytes.count)
        #expect(try encode(pixels, as: lossy(quality: 10)).count < file.count)
    }

    @Test(arguments: [true, false], PixelLayout.allCases)
    func `metadata go along, and pixels stay`(isLossless: Bool, layout: PixelLayout) throws {
        let pixels = DrawnPicture.grain.pixels(ImageSize(width: 31, height: 17), layout)
        let encoding = isLossless ? lossless : lossy(quality: 90)
        let metadata = PictureMetadata(exif: exifBlock, icc: profile("RGB "))
        let file = try encode(pixels, as: encoding, metadata: metadata)
        let plain = try encode(pixels, as: encoding)
        #expect(try decode(file).pixels == decode(plain).pixels)
        let chunks = WebPParts.chunks(of: file)
        let picture = isLossless ? ["VP8L"] : layout == .rgba ? ["ALPH", "VP8 "] : ["VP8 "]
        #expect(chunks.map(\.name) == ["VP8X", "ICCP"] + picture + ["EXIF"])
        #expect(chunks[0].content == [layout == .rgba ? 0x38 : 0x28, 0, 0, 0, 30, 0, 0, 16, 0, 0])
        #expect(chunks[1].content == profile("RGB "))
        #expect(chunks.last?.content == exifBlock)
    }

    @Test func `one that nothing goes along with is as libwebp wrote it`() throws {
        let pixels = DrawnPicture.grain.pixels(ImageSize(width: 31, height: 17), .rgb)
        #expect(try WebPParts.chunks(of: encode(pixels, as: .webp)).map(\.name) == ["VP8 "])
    }

    @Test func `an encoder that is used again writes what a new one would`() throws {
        let encoder = PictureEncoder()
        for width in [64, 3, 40] {
            for encoding in [lossless, lossy(quality: 80)] {
                let pixels = DrawnPicture.grain.pixels(ImageSize(width: width, height: 20), .gray)
                let file = EncodedBytes()
                try encoder.encode(pixels, as: encoding, into: file)
                #expect(try file.copy == encode(pixels, as: encoding))
            }
        }
    }

    @Test func `edges that a WebP cannot say are refused`() {
        let pixels = PixelBuffer(size: ImageSize(width: 16384, height: 1), layout: .gray)
        #expect(throws: PenstockError.self) { try encode(pixels, as: .webp) }
    }

    @Test(arguments: [0, 101])
    func `a quality that does not exist is refused`(quality: Int) {
        let pixels = PixelBuffer(size: ImageSize(side: 1), layout: .rgb)
        #expect(throws: PenstockError.self) { try encode(pixels, as: lossy(quality: quality)) }
    }
}

/// The chunks of a WebP, read without the code under test.
struct WebPParts {
    var name: String
    var content: [UInt8]

    static func chunks(of file: [UInt8]) -> [WebPParts] {
        guard file.span.has("RIFF", at: 0), file.span.little32(at: 4) == file.count - 8 else { return [] }
        var parts: [WebPParts] = []
        var offset = 12
        while let length = file.span.little32(at: offset + 4), offset + 8 + length <= file.count {
            let name = String(decoding: file[offset..<offset + 4], as: UTF8.self)
            parts.append(WebPParts(name: name, content: Array(file[offset + 8..<offset + 8 + length])))
            offset += 8 + length + length % 2
        }
        return offset == file.count ? parts : []
    }
}
