import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct JPEGFileTests {
    private static let size = ImageSize(width: 61, height: 43)
    /// What a file begins with: the first mark and the JFIF segment.
    private static let startBytes = 20

    private static func encoding(progressive: Bool = false, optimized: Bool = false) -> JPEGEncoding {
        var encoding = JPEGEncoding()
        encoding.isProgressive = progressive
        encoding.isOptimized = optimized
        return encoding
    }

    @Test func `progressive and optimised files hold the same pixels in fewer bytes`() throws {
        let pixels = PixelBuffer(drawing: .noise, ImageSize(width: 300, height: 200), .rgb)
        let plain = try jpeg(pixels)
        for encoding in [Self.encoding(progressive: true), Self.encoding(optimized: true)] {
            let file = try jpeg(pixels, encoding)
            #expect(file.count < plain.count)
            #expect(try decode(file).pixels == decode(plain).pixels)
        }
    }

    @Test func `an optimised file leaves nothing behind for the next`() throws {
        let pixels = PixelBuffer(drawing: .salt, Self.size, .rgb)
        let encoder = JPEGEncoder(.scalar)
        let plain = try jpeg(pixels, by: encoder)
        _ = try jpeg(pixels, Self.encoding(optimized: true), by: encoder)
        #expect(try jpeg(pixels, by: encoder) == plain)
        #expect(try jpeg(pixels) == plain)
    }

    @Test func `a picture's opacity is dropped`() throws {
        var opaque = PixelBuffer(drawing: .noise, Self.size, .rgba)
        let file = try jpeg(opaque)
        opaque.withMutableBytes { samples in
            for pixel in 0..<Self.size.pixelCount { samples[4 * pixel + 3] = 0 }
        }
        #expect(try jpeg(opaque) == file)
    }

    @Test(arguments: [false, true])
    func `metadata come behind the first segment`(progressive: Bool) throws {
        let metadata = PictureMetadata(exif: Array("block".utf8), icc: Array("profile".utf8))
        let pixels = PixelBuffer(drawing: .slope, Self.size, .gray)
        let file = try jpeg(pixels, Self.encoding(progressive: progressive), metadata)
        let bare = try jpeg(pixels, Self.encoding(progressive: progressive))
        let segments =
            [0xFF, 0xE1, 0, 13] + Array("Exif\0\0block".utf8)
            + [0xFF, 0xE2, 0, 23] + Array("ICC_PROFILE\0".utf8) + [1, 1] + Array("profile".utf8)
        #expect(file == bare.prefix(Self.startBytes) + segments + bare.dropFirst(Self.startBytes))
    }

    @Test func `a long profile comes in parts`() throws {
        let profile = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let file = try jpeg(PixelBuffer(drawing: .flat, Self.size, .rgb), .init(), PictureMetadata(icc: profile))
        var (offset, read, parts) = (Self.startBytes, [UInt8](), [[UInt8]]())
        while file[offset + 1] == 0xE2 {
            let length = Int(file[offset + 2]) << 8 | Int(file[offset + 3])
            parts.append(Array(file[offset + 16..<offset + 18]))
            read += file[offset + 18..<offset + 2 + length]
            offset += 2 + length
        }
        #expect(read == profile)
        #expect(parts == [[1, 3], [2, 3], [3, 3]])
    }

    @Test func `an EXIF block that no segment holds is left out`() throws {
        let pixels = PixelBuffer(drawing: .flat, Self.size, .rgb)
        let bare = try jpeg(pixels)
        let longest = [UInt8](repeating: 7, count: 65527)
        #expect(try jpeg(pixels, .init(), PictureMetadata(exif: longest)).count == bare.count + 65537)
        #expect(try jpeg(pixels, .init(), PictureMetadata(exif: longest + [7])) == bare)
    }

    @Test func `edges that no JPEG has are refused`() throws {
        for (width, height) in [(65501, 1), (1, 65501)] {
            let pixels = PixelBuffer(size: ImageSize(width: width, height: height), layout: .gray)
            let error = try #require(throws: PenstockError.self) { try jpeg(pixels) }
            #expect(error.message.contains("65500") && error.message.contains("--resize"))
        }
        let longest = PixelBuffer(size: ImageSize(width: 65500, height: 1), layout: .gray)
        #expect(try decode(jpeg(longest)).info.size.width == 65500)
        #expect(throws: PenstockError.self) { try jpeg(PixelBuffer()) }
    }

    @Test func `an encoder is used again at other sizes and settings`() throws {
        let encoder = JPEGEncoder()
        for drawing in Drawing.allCases {
            for layout in PixelLayout.allCases {
                let pixels = PixelBuffer(drawing: drawing, ImageSize(width: 90, height: 9), layout)
                #expect(try jpeg(pixels, by: encoder) == jpeg(pixels))
            }
        }
    }
}
