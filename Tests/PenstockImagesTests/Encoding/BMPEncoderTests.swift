import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct BMPEncoderTests {
    @Test(arguments: PixelLayout.allCases, [DrawnPicture.noise, .gradient])
    func `pixels come back exactly, at every size`(layout: PixelLayout, kind: DrawnPicture) throws {
        for size in DrawnPicture.sizes {
            let pixels = kind.pixels(size, layout)
            #expect(try holds(encode(pixels, as: .bmp), pixels), "\(size)")
        }
    }

    @Test func `opacity is in the file`() throws {
        let pixels = DrawnPicture.noise.pixels(ImageSize(width: 1, height: 1), .rgba)
        let bytes = pixels.bytes
        #expect(try encode(pixels, as: .bmp).suffix(4) == [bytes[2], bytes[1], bytes[0], bytes[3]])
    }

    @Test func `the file is as long as it says`() throws {
        for layout in PixelLayout.allCases {
            let file = try encode(DrawnPicture.noise.pixels(ImageSize(width: 5, height: 3), layout), as: .bmp)
            let announced = file.span.little32(at: 2)
            #expect(announced == file.count)
        }
    }

    @Test func `more than four gigabytes are refused`() throws {
        try BMPEncoder.check(ImageSize(width: 30_000, height: 30_000), .rgba)
        #expect(throws: PenstockError.self) { try BMPEncoder.check(ImageSize(width: 40_000, height: 40_000), .rgb) }
        #expect(throws: PenstockError.self) { try BMPEncoder.check(ImageSize(width: 1 << 31, height: 1), .gray) }
    }
}
