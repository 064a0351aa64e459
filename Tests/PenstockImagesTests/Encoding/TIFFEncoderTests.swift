import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct TIFFEncoderTests {
    private func tiff(level: Int) -> PictureEncoding {
        var encoding = TIFFEncoding()
        encoding.level = level
        return .tiff(encoding)
    }

    @Test(arguments: PixelLayout.allCases, [0, 1, 12])
    func `pixels come back exactly, at every size`(layout: PixelLayout, level: Int) throws {
        for size in DrawnPicture.sizes {
            let pixels = DrawnPicture.grain.pixels(size, layout)
            #expect(try holds(encode(pixels, as: tiff(level: level)), pixels), "\(size)")
        }
    }

    @Test(arguments: DrawnPicture.allCases)
    func `pictures of many strips come back exactly`(kind: DrawnPicture) throws {
        for level in [0, 1] {
            let pixels = kind.pixels(ImageSize(width: 201, height: 120), .rgb)
            #expect(try holds(encode(pixels, as: tiff(level: level)), pixels), "\(level)")
        }
    }

    @Test func `a row longer than a strip comes back`() throws {
        let pixels = DrawnPicture.grain.pixels(ImageSize(width: 30_001, height: 3), .rgb)
        #expect(try holds(encode(pixels, as: .tiff), pixels))
    }

    @Test func `stored pixels lie in the file as they are, opacity included`() throws {
        let pixels = DrawnPicture.noise.pixels(ImageSize(width: 3, height: 5), .rgba)
        let file = try encode(pixels, as: tiff(level: 0))
        #expect(Array(file[8..<8 + 60]) == pixels.bytes)
    }

    @Test func `the directory rises, and a profile goes along`() throws {
        let pixels = DrawnPicture.grain.pixels(ImageSize(width: 9, height: 7), .rgba)
        let metadata = PictureMetadata(exif: exifBlock, icc: profile("RGB "))
        let file = try encode(pixels, as: .tiff, metadata: metadata)
        let tags = TIFFParts.tags(of: file)
        #expect(tags.map(\.name) == tags.map(\.name).sorted())
        #expect(tags.suffix(3).map(\.name) == [317, 338, 34675])
        let offset = try #require(tags.last?.value)
        #expect(Array(file[offset..<offset + 501]) == profile("RGB "))
    }

    @Test func `more than four gigabytes are refused`() throws {
        try TIFFEncoder.check(1 << 31, ImageSize(side: 1))
        #expect(throws: PenstockError.self) { try TIFFEncoder.check(1 << 32, ImageSize(side: 1)) }
    }

    @Test func `a level that does not exist is refused`() {
        let pixels = PixelBuffer(size: ImageSize(side: 1), layout: .rgb)
        #expect(throws: PenstockError.self) { try encode(pixels, as: tiff(level: 13)) }
    }
}

/// The directory of a TIFF, read without the code under test.
private enum TIFFParts {
    static func tags(of file: [UInt8]) -> [(name: Int, value: Int)] {
        guard let start = file.span.little32(at: 4), let count = file.span.little16(at: start) else { return [] }
        return (0..<count).compactMap { index in
            let entry = start + 2 + 12 * index
            guard let name = file.span.little16(at: entry), let value = file.span.little32(at: entry + 8) else {
                return nil
            }
            return (name, value)
        }
    }
}
