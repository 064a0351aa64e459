import Foundation
import PenstockCore
import PenstockImages
import Testing

@testable import Penstock

@Suite struct OutputKindTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    /// Makes a picture of 32×16 pixels of a gradient, which no two turns of look the same.
    private func make(_ name: String, _ layout: PixelLayout, as encoding: PictureEncoding) throws {
        var pixels = PixelBuffer(size: ImageSize(width: 32, height: 16), layout: layout)
        pixels.withMutableBytes { span in
            for index in 0..<span.count { span[index] = UInt8(truncatingIfNeeded: index * 5) }
        }
        let bytes = EncodedBytes()
        try PictureEncoder().encode(pixels, as: encoding, into: bytes)
        try world.folder.file("in/" + name, unsafe Array(bytes.bytes))
    }

    private func decoded(_ path: FilePath) throws -> (PixelBuffer, PictureInfo) {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.description)))
        let canvas = PixelCanvas { $0 }
        let info = try unsafe bytes.withUnsafeBytes { try unsafe PictureDecoder().decode($0, into: canvas) }
        return (canvas.pixels, info)
    }

    private func run(
        _ kind: OutputKind,
        _ operations: [PictureOperation] = [],
        _ change: (inout OutputSettings) -> Void = { _ in }
    ) async throws -> [ProcessedPicture] {
        var options = world.options(kind)
        options.operations = operations
        change(&options.output)
        return try await ProcessingJob(.folder(world.input), options: options).results()
    }

    @Test func `what a picture is decides what it becomes, whatever it is called`() async throws {
        try make("a.JPEG", .rgb, as: .jpeg)
        try make("b.jpg", .rgba, as: .png)
        try make("c.webp", .rgb, as: .webp)
        try make("d.tif", .gray, as: .tiff)
        try make("e.bmp", .rgb, as: .bmp)
        try world.folder.file("in/f.pgm", ProcessingWorld.picture(3))
        let results = try await run(.keep)
        #expect(results.map(\.short) == ["a.JPEG", "b.png", "c.webp", "d.tif", "e.bmp", "f.png"])
        #expect(try decoded(world.output.appending("b.png")).0 == decoded(world.input.appending("b.jpg")).0)
        #expect(try decoded(world.output.appending("d.tif")).0 == decoded(world.input.appending("d.tif")).0)
        #expect(try decoded(world.output.appending("f.png")).0.layout == .gray)
    }

    @Test func `JPEG drops opacity, and luma alone is decoded where grey comes first`() async throws {
        try make("a.png", .rgba, as: .png)
        #expect(try await run(.picture(.jpeg)).map(\.short) == ["a.jpg"])
        #expect(try decoded(world.output.appending("a.jpg")).0.layout == .rgb)
        let grey = try await run(.picture(.png), [.flip(.horizontal), .gray]) { $0.onConflict = .overwrite }
        #expect(grey.map(\.short) == ["a.png"])
        let (source, made) = try (
            decoded(world.input.appending("a.png")).0, decoded(world.output.appending("a.png")).0
        )
        #expect(try made == source.converted(to: .gray).applying(.flip(.horizontal)))
    }

    @Test func `a JPEG is turned without loss, and what loses something is an error`() async throws {
        try make("a.jpg", .gray, as: .jpeg)
        try make("b.png", .rgb, as: .png)
        let turned = try await run(.keep, [.rotate(degrees: 90)]) { $0.isLossless = true }
        #expect(turned.map(\.short) == ["a.jpg", "b.png"])
        let (source, made) = try (
            decoded(world.input.appending("a.jpg")).0, decoded(world.output.appending("a.jpg")).0
        )
        let expected = try source.applying(.rotate(degrees: 90))
        #expect(made.size == expected.size)
        // Coefficients are the same ones; the decoder's arithmetic on the two axes differs by a grey level.
        #expect(zip(made.bytes, expected.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
        let refused = try await run(.picture(.jpeg), [.custom { _ in }]) { settings in
            settings.isLossless = true
            settings.onConflict = .overwrite
        }
        #expect(refused.allSatisfy { $0.short == "failed: unsupported" })
    }

    @Test func `bits that are not kept are told, or refused`() async throws {
        let header = Array("P5 2 1 65535\n".utf8)
        try world.folder.file("in/deep.pgm", header + [0x12, 0x34, 0xFF, 0xFF])
        let rounded = try await run(.picture(.png))
        #expect(rounded.map(\.short) == ["deep.png"])
        #expect(rounded[0].warning?.contains("16 bits") == true)
        let refused = try await run(.picture(.png)) { settings in
            settings.keepsDepth = true
            settings.onConflict = .overwrite
        }
        #expect(refused.map(\.short) == ["failed: unsupported"])
    }

    @Test func `each file's checksum and size are those of its bytes`() async throws {
        try make("a.jpg", .rgb, as: .jpeg)
        let results = try await run(.picture(.webp))
        let file = try #require(results[0].outcome.file)
        let path = world.output.appending(file.output.bytes)
        #expect(file.bytes == FileManager.default.contents(atPath: path.description)?.count)
        #expect(try file.checksum == Checksum.crc32(of: path))
        #expect(file.size == ImageSize(width: 32, height: 16))
    }
}
