import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct PictureMetadataTests {
    private struct Expectation: Decodable {
        var icc: Data?
        var exif: Data?
    }

    private static let expected: [String: Expectation] = {
        let data = try! Data(contentsOf: Fixtures.folder.appendingPathComponent("Metadata/metadata.json"))
        return try! JSONDecoder().decode([String: Expectation].self, from: data)
    }()

    private static let names = expected.keys.sorted()

    private func format(_ name: String) -> PictureFormat {
        let formats: [String: PictureFormat] = [
            "jpg": .jpeg, "png": .png, "webp": .webp, "avif": .avif, "tiff": .tiff,
        ]
        return formats[String(name.split(separator: ".")[1])]!
    }

    private func read(
        _ bytes: [UInt8],
        _ format: PictureFormat,
        _ choice: MetadataChoice = .all
    ) -> PictureMetadata {
        bytes.withUnsafeBytes { PictureMetadata(of: $0, format: format, keeping: choice) }
    }

    private func read(_ name: String, _ choice: MetadataChoice = .all) -> PictureMetadata {
        read(Fixtures.bytes("Metadata/\(name)"), format(name), choice)
    }

    @Test(arguments: names)
    func `finds what Pillow finds, upright and without a thumbnail`(name: String) {
        let expected = Self.expected[name]!
        #expect(read(name).icc == expected.icc.map { [UInt8]($0) })
        #expect(read(name).exif == expected.exif.map { [UInt8]($0) })
    }

    @Test(arguments: names)
    func `keeps what was chosen`(name: String) {
        #expect(read(name, .none) == .none)
        #expect(read(name, .icc) == PictureMetadata(icc: read(name).icc))
    }

    @Test(arguments: ["little.jpg", "big.jpg", "big.png"])
    func `says the new size wherever one was said`(name: String) throws {
        var metadata = read(name)
        metadata.describe(ImageSize(width: 70_000, height: 300))
        let exif = try #require(metadata.exif)
        let main = try directory(exif, at: 8)
        #expect(main.numbers[0x0100] == 70_000 && main.numbers[0x0101] == 300)
        let camera = try directory(exif, at: try #require(main.numbers[0x8769]))
        #expect(camera.numbers[0xA002] == 70_000 && camera.numbers[0xA003] == 300)
        #expect(main.orientation == .upright)
    }

    /// A directory elsewhere in a block, read as if it were the first.
    private func directory(_ exif: [UInt8], at offset: Int) throws -> TIFFDirectory {
        let order = TIFFOrder(isBigEndian: exif[0] == UInt8(ascii: "M"))
        let copy = exif[..<4] + order.bytes32(offset) + exif[8...]
        let found = TIFFDirectory(Array(copy).span, from: 0, to: copy.count)
        return try #require(found)
    }

    /// The block in a JPEG, as it stands there.
    private func exif(of jpeg: [UInt8]) throws -> [UInt8] {
        let mark = jpeg.span.firstOffset(of: "Exif\0\0", from: 0, to: jpeg.count)
        let start = try #require(mark)
        let length = jpeg.span.big16(at: start - 2) ?? 0
        return Array(jpeg[start + 6..<start - 2 + length])
    }

    @Test func `wipes out a thumbnail that other data follow`() throws {
        let bytes = Fixtures.bytes("Metadata/little.jpg")
        let block = try exif(of: bytes)
        let small = Array(block.suffix(40))
        let exif = try #require(EXIFBlock(block + [1, 2, 3])?.upright.bytes)
        #expect(exif.count == block.count + 3)
        #expect(exif.suffix(43) == [UInt8](repeating: 0, count: 40) + [1, 2, 3])
        #expect(small != [UInt8](repeating: 0, count: 40))
    }

    @Test func `drops a profile for other pixels`() {
        let metadata = read("little.jpg")
        #expect(metadata.icc != nil)
        #expect(metadata.fitting(.rgb) == metadata)
        #expect(metadata.fitting(.rgba) == metadata)
        #expect(metadata.fitting(.gray) == PictureMetadata(exif: metadata.exif))
        var gray = metadata.icc!
        gray.replaceSubrange(16..<20, with: "GRAY".utf8)
        #expect(PictureMetadata(icc: gray).fitting(.gray).icc == gray)
        gray.replaceSubrange(16..<20, with: "CMYK".utf8)
        #expect(PixelLayout.allCases.allSatisfy { PictureMetadata(icc: gray).fitting($0) == .none })
    }
}

extension PictureMetadataTests {
    private func part(_ number: UInt8, of count: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        let length = content.count + 16
        let header: [UInt8] = [0xFF, 0xE2, UInt8(length >> 8), UInt8(length & 0xFF)]
        return header + Array("ICC_PROFILE\0".utf8) + [number, count] + content
    }

    private func profile(of segments: [UInt8]) -> [UInt8]? {
        read([0xFF, 0xD8] + segments + [0xFF, 0xDA, 0, 2], .jpeg).icc
    }

    @Test func `joins a profile's parts in any order`() {
        let icc = read("little.jpg").icc!
        let (first, second, third) = (icc[..<100], icc[100..<300], icc[300...])
        #expect(profile(of: part(3, of: 3, third) + part(1, of: 3, first) + part(2, of: 3, second)) == icc)
        #expect(profile(of: part(1, of: 1, icc)) == icc)
    }

    @Test func `takes no profile whose parts do not add up`() {
        let icc = read("little.jpg").icc!
        let (first, second) = (part(1, of: 2, icc[..<100]), part(2, of: 2, icc[100...]))
        #expect(profile(of: first + second) == icc)
        #expect(profile(of: first) == nil)
        #expect(profile(of: first + first) == nil)
        #expect(profile(of: first + second + second) == nil)
        #expect(profile(of: first + part(2, of: 3, icc[100...])) == nil)
        #expect(profile(of: part(0, of: 1, icc)) == nil)
        #expect(profile(of: part(2, of: 1, icc)) == nil)
        #expect(profile(of: part(1, of: 1, icc.dropLast())) == nil)
        #expect(profile(of: part(1, of: 1, [])) == nil)
    }

    @Test func `inflates no more than a profile can have`() {
        // A stored block of zeros behind a name: no profile, but a stream that zlib reads.
        let zeros: [UInt8] = [0x78, 0x01, 0x01, 0x04, 0x00, 0xFB, 0xFF, 0, 0, 0, 0, 0x00, 0x04, 0x00, 0x01]
        let content: [UInt8] = [0x78, 0, 0] + zeros
        #expect(InflatedProfile.read(content.span, from: 0, to: content.count) == [0, 0, 0, 0])
        for count in 0..<content.count {
            #expect(InflatedProfile.read(Array(content[..<count]).span, from: 0, to: count) == nil)
            #expect(InflatedProfile.read(content.span, from: 0, to: count) == nil)
        }
        #expect(InflatedProfile.read(content.span, from: 0, to: content.count + 1) == nil)
    }
}

extension PictureMetadataTests {
    @Test(arguments: names)
    func `every length is read without harm`(name: String) {
        let whole = Fixtures.bytes("Metadata/\(name)")
        for count in stride(from: 0, to: whole.count, by: 2) {
            var metadata = read(Array(whole[..<count]), format(name))
            metadata.describe(ImageSize(width: 3, height: 2))
        }
    }

    @Test(arguments: names)
    func `damage is read without harm`(name: String) {
        let whole = Fixtures.bytes("Metadata/\(name)")
        for position in stride(from: 0, to: whole.count, by: 3) {
            for value: UInt8 in [0, 0xFF] {
                var bytes = whole
                bytes[position] = value
                var metadata = read(bytes, format(name))
                metadata.describe(ImageSize(width: 3, height: 2))
            }
        }
    }

    @Test func `damaged blocks are changed without harm`() throws {
        let bytes = Fixtures.bytes("Metadata/big.jpg")
        let block = try exif(of: bytes)
        let places = stride(from: 8, to: 200, by: 5)
        for (first, second) in places.flatMap({ first in places.map { (first, $0) } }) {
            var damaged = block
            damaged[first] = UInt8(truncatingIfNeeded: second &* 7)
            damaged[second] = UInt8(truncatingIfNeeded: first)
            guard var exif = EXIFBlock(damaged)?.upright else { continue }
            exif.describe(ImageSize(width: 3, height: 2))
            #expect(exif.bytes.count <= block.count)
        }
    }
}
