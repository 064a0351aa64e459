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
