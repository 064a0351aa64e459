import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct PNGEncoderTests {
    private func png(level: Int) -> PictureEncoding {
        var encoding = PNGEncoding()
        encoding.level = level
        return .png(encoding)
    }

    @Test(arguments: PixelLayout.allCases, DrawnPicture.allCases)
    func `pixels come back exactly, at every size`(layout: PixelLayout, kind: DrawnPicture) throws {
        for size in DrawnPicture.sizes {
            let pixels = kind.pixels(size, layout)
            #expect(try holds(encode(pixels, as: .png), pixels), "\(size)")
        }
    }

    @Test(arguments: 0...12)
    func `pixels come back exactly, at every level`(level: Int) throws {
        for kind in DrawnPicture.allCases {
            for layout in PixelLayout.allCases {
                let pixels = kind.pixels(ImageSize(width: 45, height: 33), layout)
                #expect(try holds(encode(pixels, as: png(level: level)), pixels), "\(kind) \(layout)")
            }
        }
    }

    @Test(arguments: [0, 1], DrawnPicture.allCases)
    func `pictures of many blocks come back exactly`(level: Int, kind: DrawnPicture) throws {
        for size in [ImageSize(width: 301, height: 230), ImageSize(width: 70_001, height: 1)] {
            let pixels = kind.pixels(size, .gray)
            #expect(try holds(encode(pixels, as: png(level: level)), pixels), "\(size)")
        }
    }

    @Test(arguments: KernelVariant.available.filter { $0 != .scalar })
    func `every variant of the kernels writes the same bytes`(variant: KernelVariant) throws {
        let (fast, plain) = (PNGEncoder(variant), PNGEncoder(.scalar))
        let (file, expected) = (EncodedBytes(), EncodedBytes())
        for kind in DrawnPicture.allCases {
            for layout in PixelLayout.allCases {
                for size in DrawnPicture.sizes + [ImageSize(width: 201, height: 110)] {
                    let pixels = kind.pixels(size, layout)
                    file.removeAll()
                    expected.removeAll()
                    try fast.encode(pixels, PNGEncoding(), .none, into: file)
                    try plain.encode(pixels, PNGEncoding(), .none, into: expected)
                    #expect(file.copy == expected.copy, "\(kind) \(layout) \(size)")
                }
            }
        }
    }

    @Test func `an encoder that is used again writes what a new one would, behind what is there`() throws {
        let encoder = PictureEncoder()
        let file = EncodedBytes()
        try file.append([1, 2, 3])
        var expected: [UInt8] = [1, 2, 3]
        for level in [1, 0, 6, 1] {
            for kind in DrawnPicture.allCases {
                let pixels = kind.pixels(ImageSize(width: 61, height: 43), .rgb)
                try encoder.encode(pixels, as: png(level: level), into: file)
                expected += try encode(pixels, as: png(level: level))
            }
        }
        #expect(file.copy == expected)
    }

    @Test func `what cannot be compressed grows by little`() throws {
        let pixels = DrawnPicture.noise.pixels(ImageSize(width: 500, height: 400), .rgb)
        #expect(try encode(pixels, as: .png).count < pixels.bytes.count + 1000)
    }

    @Test(arguments: DrawnPicture.allCases)
    func `no higher level writes more than the first`(kind: DrawnPicture) throws {
        let pixels = kind.pixels(ImageSize(width: 301, height: 230), .gray)
        let first = try encode(pixels, as: .png).count
        for level in [2, 6, 12] { #expect(try encode(pixels, as: png(level: level)).count <= first) }
    }

    @Test func `what is even becomes next to nothing`() throws {
        let pixels = DrawnPicture.white.pixels(ImageSize(width: 1000, height: 1000), .rgb)
        #expect(try encode(pixels, as: .png).count < 8000)
    }

    @Test func `chunks are whole, in order, and carry the metadata`() throws {
        let pixels = DrawnPicture.grain.pixels(ImageSize(width: 50, height: 40), .rgb)
        let metadata = PictureMetadata(exif: exifBlock, icc: profile("RGB "))
        let chunks = try PNGParts.chunks(of: encode(pixels, as: .png, metadata: metadata))
        #expect(chunks.map(\.name) == ["IHDR", "iCCP", "eXIf", "IDAT", "IEND"])
        #expect(chunks[0].content == [0, 0, 0, 50, 0, 0, 0, 40, 8, 2, 0, 0, 0])
        #expect(chunks[1].content.starts(with: Array("ICC profile\0\0".utf8) + [0x78]))
        #expect(chunks[2].content == exifBlock)
        #expect(chunks.map(\.isSound) == [true, true, true, true, true])
    }

    @Test func `a profile of other colours than the pixels' is left out`() throws {
        let pixels = DrawnPicture.grain.pixels(ImageSize(width: 5, height: 4), .gray)
        for kind in ["RGB ", "GRAY"] {
            let chunks = try PNGParts.chunks(
                of: encode(pixels, as: .png, metadata: PictureMetadata(icc: profile(kind)))
            )
            #expect(chunks.contains { $0.name == "iCCP" } == (kind == "GRAY"))
        }
    }

    @Test func `stored pixels lie in the file as they are, opacity included`() throws {
        let pixels = DrawnPicture.noise.pixels(ImageSize(width: 3, height: 2), .rgba)
        let content = try PNGParts.chunks(of: encode(pixels, as: png(level: 0)))[1].content
        let rows = [[0] + pixels.bytes[..<12], [0] + pixels.bytes[12...]].flatMap { $0 }
        #expect(Array(content[7..<7 + 26]) == rows)
    }

    @Test(arguments: [-1, 13])
    func `a level that does not exist is refused`(level: Int) {
        let pixels = PixelBuffer(size: ImageSize(side: 1), layout: .rgb)
        #expect(throws: PenstockError.self) { try encode(pixels, as: png(level: level)) }
    }

    @Test func `rows that a PNG cannot say are refused`() throws {
        try PNGEncoder.check(ImageSize(width: 1 << 28, height: 1), rowBytes: 1 << 30)
        #expect(throws: PenstockError.self) {
            try PNGEncoder.check(ImageSize(width: 1 << 29, height: 1), rowBytes: 1 << 31)
        }
        #expect(throws: PenstockError.self) {
            try PNGEncoder.check(ImageSize(width: 1, height: 1 << 31), rowBytes: 1)
        }
    }
}

/// The chunks of a PNG, read without the code under test.
struct PNGParts {
    var name: String
    var content: [UInt8]
    var sum: UInt32

    /// Whether the sum is right.
    var isSound: Bool { crc32(Array(name.utf8) + content) == sum }

    static func chunks(of file: [UInt8]) -> [PNGParts] {
        var parts: [PNGParts] = []
        var offset = 8
        while let length = file.span.big32(at: offset), offset + 12 + length <= file.count {
            let name = String(decoding: file[offset + 4..<offset + 8], as: UTF8.self)
            let content = Array(file[offset + 8..<offset + 8 + length])
            parts.append(PNGParts(name: name, content: content, sum: UInt32(file.span.big32(at: offset + 8 + length)!)))
            offset += 12 + length
        }
        return offset == file.count ? parts : []
    }
}
