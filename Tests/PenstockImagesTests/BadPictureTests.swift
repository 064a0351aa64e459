import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct BadPictureTests {
    private func failure(_ bytes: [UInt8], _ options: DecodeOptions = DecodeOptions()) -> PenstockError? {
        do throws(PenstockError) {
            _ = try decode(bytes, options)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "medium.jpg", "progressive-420.jpg", "cmyk.jpg", "grey.jpg", "rgb-8.png", "rgba-16-interlaced.png",
        "palette-4.png", "lossy-64x48.webp", "lossless-64x48.webp", "p.gif", "rgb.bmp", "rgb-raw.tiff",
        "rgb-tiff_lzw.tiff",
        "rgb-tiff_deflate.tiff", "rgb-packbits.tiff", "rgb.qoi", "rgb.ppm", "lossy.avif", "rgb-rle.tga",
    ])
    func `a picture cut short is an error, wherever it is cut`(name: String) throws {
        let whole = Fixtures.bytes(name)
        let expected = try decode(whole).pixels.bytes
        let decoder = PictureDecoder()
        for count in Set(stride(from: 1, to: whole.count, by: max(1, whole.count / 60))).union([whole.count - 3]) {
            let cut = [UInt8](whole[..<count])
            guard let result = try? decode(cut, by: decoder) else { continue }
            // What may be missing is what the pixels do not need.
            let isSame = result.pixels.bytes == expected
            #expect(isSame, "\(name) cut to \(count) of \(whole.count) bytes")
        }
    }

    @Test(arguments: [
        ("medium.jpg", "JPEG"), ("progressive-420.jpg", "JPEG"), ("rgb-8.png", "PNG"), ("lossy-64x48.webp", "WebP"),
        ("p.gif", "GIF"),
    ])
    func `a picture cut in half says that it is cut short`(name: String, format: String) throws {
        let whole = Fixtures.bytes(name)
        let error = try #require(failure([UInt8](whole[..<(whole.count / 2)])))
        #expect(error.code == .truncated && error.stage == .decode)
        #expect(error.message.contains(format) && error.message.contains("--allow-truncated"))
    }

    @Test(arguments: [
        "medium.jpg", "progressive-420.jpg", "rgb-8.png", "lossy-64x48.webp", "p.gif",
    ])
    func `a picture cut short is decoded where that is allowed, and marked`(name: String) throws {
        let whole = Fixtures.bytes(name)
        let expected = try decode(whole)
        let cut = [UInt8](whole[..<(whole.count * 3 / 4)])
        let (info, buffer) = try decode(cut, DecodeOptions(allowTruncated: true))
        #expect(info.truncated)
        #expect(info.size == expected.info.size)
        if !name.hasPrefix("progressive") {
            #expect(buffer.bytes.prefix(300) == expected.pixels.bytes.prefix(300))
        }
        let isSame = buffer.bytes == expected.pixels.bytes
        #expect(!isSame)
    }

    @Test func `recoverable damage is a warning, and the picture is good`() throws {
        for name in ["stray-before-restart.jpg", "stray-before-end.jpg"] {
            let info = try decode(Fixtures.bytes(name)).info
            #expect(info.warning?.contains("extraneous") == true, "\(name)")
            #expect(!info.truncated)
        }
    }

    @Test func `things that are no pictures are named`() throws {
        let text = { (words: String) in [UInt8](words.utf8) }
        var random = SystemRandomNumberGenerator()
        let noise = [0x13, 0x57] + (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let expected: [([UInt8], String)] = [
            ([], "empty"),
            (text("<!DOCTYPE html>\n<html><body>404</body></html>"), "HTML"),
            (text("\n  <HTML>"), "HTML"),
            (text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "SVG"),
            (text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"), "git lfs pull"),
            (text("Not found. Žluťoučký kůň."), "text"),
            (text("%PDF-1.7\n"), "PDF"),
            ([0x50, 0x4B, 3, 4, 20, 0], "ZIP"),
            ([0x1F, 0x8B, 8, 0], "gzip"),
            ([UInt8](repeating: 0, count: 5000), "zero"),
            ([0, 0, 0, 24] + text("ftypisom"), "video"),
            ([0x1A, 0x45, 0xDF, 0xA3, 1, 2], "video"),
            (text("RIFF") + [0, 0, 0, 0] + text("AVI LIST"), "video"),
            ([0x13, 0x57, 0x9B, 0xDF, 0xEC, 0xA8, 0x64, 0x20, 0x01], "No known picture format"),
            (noise, "No known picture format"),
        ]
        for (bytes, words) in expected {
            let error = try #require(failure(bytes), "\(words)")
            #expect(error.message.contains(words), "\(error.message)")
            #expect(error.stage == .decode)
        }
    }

    @Test(arguments: ["jpg", "png", "bmp", "gif", "webp", "tiff", "qoi", "psd", "tga", "ppm"])
    func `a header of 60,000 by 60,000 pixels is refused by the limit`(format: String) throws {
        let error = try #require(failure(Bombs.all[format]!))
        #expect(error.code == .tooLarge, "\(error.message)")
        #expect(error.message.contains("--max-pixels"))
    }

    @Test func `the limit is a setting`() throws {
        let bytes = Fixtures.bytes("medium.jpg")
        #expect(failure(bytes, DecodeOptions(maxPixels: 320 * 240)) == nil)
        #expect(failure(bytes, DecodeOptions(maxPixels: 320 * 240 - 1))?.code == .tooLarge)
        let png = Fixtures.bytes("rgb-8.png")
        #expect(failure(png, DecodeOptions(maxPixels: 37 * 29 - 1))?.code == .tooLarge)
    }

    @Test func `a picture of no pixels is refused`() throws {
        for format in ["png", "bmp", "gif"] {
            let error = try #require(failure(Bombs.withSize(format, 0, 10)))
            #expect(error.code == .corrupt, "\(error.message)")
        }
        #expect(failure(Bombs.withSize("jpg", 0, 10)) != nil)
    }

    @Test func `scans without end are refused`() throws {
        let bytes = Bombs.progressive(scans: 600)
        let error = try #require(failure(bytes))
        #expect(error.message.contains("scans"))
    }

    @Test func `a wrong checksum in a PNG is damage`() throws {
        var bytes = Fixtures.bytes("rgb-8.png")
        bytes[bytes.count - 30] ^= 0x55
        #expect(failure(bytes)?.code == .corrupt)
    }

    @Test func `a PNG whose chunks hold too few rows is cut short`() throws {
        let bytes = Fixtures.bytes("lacks-rows.png")
        #expect(failure(bytes)?.code == .truncated)
        #expect(try decode(bytes, DecodeOptions(allowTruncated: true)).info.truncated)
    }

    @Test(arguments: ["refused-jpeg.tiff", "refused-big.tiff", "refused-float.tiff", "refused-lab.tiff"])
    func `a kind of picture that is not read says so, and is never black`(name: String) throws {
        let error = try #require(failure(Fixtures.bytes(name)))
        #expect(error.code == .unsupported && error.message.contains("Convert"), "\(error.message)")
    }

    @Test func `a JPEG without tables is not decoded with those of the one before`() throws {
        let whole = Fixtures.bytes("medium.jpg")
        // Between two markers lies a segment, which the two bytes after its marker measure.
        let start = try #require((0..<whole.count - 4).first { whole[$0] == 0xFF && whole[$0 + 1] == 0xDB })
        let end = start + 2 + Int(whole[start + 2]) << 8 + Int(whole[start + 3])
        let bare = Array(whole[..<start] + whole[end...])
        let decoder = PictureDecoder()
        _ = try decode(whole, by: decoder)
        #expect(throws: PenstockError.self) { try decode(bare, by: decoder) }
    }

    @Test func `a failure leaves the decoder ready`() throws {
        let decoder = PictureDecoder()
        for name in ["medium.jpg", "rgb-8.png", "lossy-64x48.webp"] {
            let whole = Fixtures.bytes(name)
            let expected = try decode(whole, by: decoder).pixels.bytes
            #expect(throws: PenstockError.self) { try decode([UInt8](whole[..<(whole.count / 2)]), by: decoder) }
            #expect(try decode(whole, by: decoder).pixels.bytes == expected)
        }
    }
}
