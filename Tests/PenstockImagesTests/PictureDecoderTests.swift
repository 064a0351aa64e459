import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct PictureDecoderTests {
    @Test(arguments: Fixtures.exact)
    func `pixels equal Pillow's bit for bit`(name: String) throws {
        let expected = try #require(Fixtures.expected[name])
        let (info, buffer) = try decode(Fixtures.bytes(name))
        #expect(info.size == ImageSize(width: expected.width, height: expected.height))
        #expect(buffer.size == info.size)
        #expect(crc32(buffer.bytes) == expected.crc)
        #expect(!info.truncated)
    }

    @Test(arguments: Fixtures.expected.keys.sorted())
    func `a probe knows the upright size`(name: String) throws {
        let expected = try #require(Fixtures.expected[name])
        let info = try probe(Fixtures.bytes(name))
        #expect(info.size == ImageSize(width: expected.width, height: expected.height))
        #expect(!info.truncated)
    }
}

extension PictureDecoderTests {
    @Test(arguments: Fixtures.near)
    func `codecs with freedom stay near Pillow`(name: String) throws {
        let reference = Fixtures.pixels(name)
        let pixels = try decode(Fixtures.bytes(name)).pixels.bytes
        try #require(pixels.count == reference.count)
        let differences = zip(pixels, reference).map { abs(Int($0) - Int($1)) }
        let largest = differences.max() ?? 0
        let mean = Double(differences.reduce(0, +)) / Double(differences.count)
        #expect(largest <= 8 && mean < 1, "\(name): largest \(largest), mean \(mean)")
    }
}
