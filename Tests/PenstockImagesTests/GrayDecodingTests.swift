import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct GrayDecodingTests {
    private struct Expectation: Decodable {
        var width: Int
        var height: Int
        var crc: UInt32
    }

    private static let expected: [String: Expectation] = {
        let data = try! Data(contentsOf: Fixtures.folder.appendingPathComponent("gray.json"))
        return try! JSONDecoder().decode([String: Expectation].self, from: data)
    }()

    private func decodeGray(_ name: String) throws -> PixelBuffer {
        let canvas = PixelCanvas { _ in .gray }
        _ = try Fixtures.bytes(name).withUnsafeBytes { try PictureDecoder().decode($0, into: canvas) }
        return canvas.pixels
    }

    @Test(arguments: expected.keys.sorted())
    func `a JPEG decoded grey equals OpenCV's bit for bit`(name: String) throws {
        let expected = try #require(Self.expected[name])
        let pixels = try decodeGray(name)
        #expect(pixels.layout == .gray)
        #expect(pixels.size == ImageSize(width: expected.width, height: expected.height))
        #expect(crc32(pixels.bytes) == expected.crc)
    }

    @Test(arguments: ["cmyk.jpg", "cmyk-plain.jpg", "ycck.jpg", "rgb.jpg"])
    func `a JPEG without luma stays RGB`(name: String) throws {
        let pixels = try decodeGray(name)
        #expect(pixels.layout == .rgb)
        #expect(try pixels == decode(Fixtures.bytes(name)).pixels)
    }

    @Test func `the sink is told what a file holds`() throws {
        for (name, natural) in [("grey.jpg", PixelLayout.gray), ("sampled-420.jpg", .rgb), ("cmyk.jpg", .rgb)] {
            let canvas = PixelCanvas { $0 }
            _ = try Fixtures.bytes(name).withUnsafeBytes { try PictureDecoder().decode($0, into: canvas) }
            #expect(canvas.pixels.layout == natural, "\(name)")
        }
    }
}
