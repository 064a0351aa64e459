import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import Synchronization
import Testing

@testable import Penstock

@Suite struct ImageWriterTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    private static func picture(_ gray: UInt8) -> PixelBuffer {
        var pixels = PixelBuffer(size: ImageSize(width: 4, height: 3), layout: .gray)
        pixels.withMutableBytes { span in for index in 0..<span.count { span[index] = gray } }
        return pixels
    }

    @Test func `writes what it is brought under its names`() async throws {
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        for index in 0..<100 {
            try await writer.write(Self.picture(UInt8(index)), as: FilePath("\(index % 3)/\(index).png"))
        }
        try await writer.finish()
        #expect(world.written.count == 100)
        #expect(try world.sample("1/64.bmp") == 64)
        #expect(writer.report.written == 100)
    }

    @Test func `flush waits for what was brought, and more may follow`() async throws {
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        await writer.flush()
        try await writer.write(Self.picture(1), as: "a")
        await writer.flush()
        #expect(world.written == ["a.bmp"])
        try await writer.write(Self.picture(2), as: "b")
        try await writer.finish()
        #expect(world.written == ["a.bmp", "b.bmp"])
    }

    @Test func `tells every failure that happened behind`() async throws {
        try world.folder.file("out/taken.bmp")
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        for name in ["a", "taken", "a", "b"] { try await writer.write(Self.picture(1), as: FilePath(name)) }
        do {
            try await writer.finish()
            Issue.record("the writer has kept its failures to itself")
        } catch let failures as ImageWriter.Failures {
            #expect(failures.count == 2)
            #expect(failures.first.map(\.name) == ["taken", "a"])
            #expect(failures.description.contains("taken"))
        }
        #expect(writer.report.failed == 2)
        #expect(world.written == ["a.bmp", "b.bmp", "taken.bmp"])
    }

    @Test func `suspends whoever brings more than the disk takes`() async throws {
        let gate = Gate()
        var options = world.options(workers: 1)
        options.output.queue = 2
        options.writeHook = { _ in gate.wait() }
        let writer = try ImageWriter(options)
        let brought = Atomic(0)
        async let bringing: Void = {
            for index in 0..<50 {
                try await writer.write(Self.picture(UInt8(index)), as: FilePath("\(index)"))
                brought.add(1, ordering: .relaxed)
            }
        }()
        // Two wait, one is with the flow, one with the loader, and there are three slots.
        while brought.load(ordering: .relaxed) < 4 { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(50))
        #expect(brought.load(ordering: .relaxed) < 12)
        gate.open()
        try await bringing
        try await writer.finish()
        #expect(world.written.count == 50)
    }

    @Test func `names cannot leave the folder`() async throws {
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        try await writer.write(Self.picture(1), as: "../../etc/a.png")
        try await writer.write(Self.picture(1), as: "/tmp/b.png")
        try await writer.finish()
        #expect(world.written == ["__/__/etc/a.bmp", "tmp/b.bmp"])
    }

    @Test func `a writer that is cancelled or let go of writes no more, and says so`() async throws {
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        writer.cancel()
        await #expect(throws: CancellationError.self) { try await writer.write(Self.picture(1), as: "a") }
        await #expect(throws: CancellationError.self) { try await writer.finish() }
        for _ in 0..<20 {
            let folder = world.output.appending("more")
            while (try? OutputFolder(folder, isExclusive: true)) == nil { try await Task.sleep(for: .milliseconds(1)) }
            let dropped = try ImageWriter(folder: folder, format: .bmp, onConflict: .overwrite)
            try await dropped.write(Self.picture(1), as: "x")
        }
    }

    @Test func `nothing is brought to a writer that is finished`() async throws {
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        try await writer.finish()
        await #expect(throws: CancellationError.self) { try await writer.write(Self.picture(1), as: "a") }
        try await writer.finish()
    }
}

@Suite struct PicturesTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    @Test func `gives pictures in order, and failures in their places`() async throws {
        try world.pictures((0..<100).map { "\($0 % 2)/\($0 + 1000).pgm" })
        try world.folder.file("in/0/1010.pgm", Array("no picture".utf8))
        var names: [FilePath] = []
        var failures = 0
        for try await picture in Pictures(.folder(world.input)) {
            #expect(picture.index == names.count)
            names.append(picture.name)
            switch picture.pixels {
            case .success(let pixels):
                #expect(pixels.size == ImageSize(width: 3, height: 2))
                #expect(Int(pixels.bytes[0]) + 1000 == Int(String(picture.name.description.dropFirst(2).dropLast(4))))
            case .failure: failures += 1
            }
        }
        #expect(names == names.sorted())
        #expect(names.count == 100)
        #expect(failures == 1)
    }

    @Test func `decodes no further ahead than it may`() async throws {
        try world.pictures((0..<50).map { "\($0 + 1000).pgm" })
        var configuration = Pictures.Configuration()
        configuration.workers = 2
        configuration.ahead = 3
        configuration.layout = .rgba
        var count = 0
        for try await picture in Pictures(.folder(world.input), configuration: configuration) {
            #expect(try picture.pixels.get().layout == .rgba)
            #expect(try picture.pixels.get().bytes[3] == 255)
            count += 1
            if count == 5 { break }
        }
        #expect(count == 5)
    }

    @Test func `goes from a loop to files`() async throws {
        try world.pictures(["a.pgm", "b/c.pgm"])
        let writer = try ImageWriter(folder: world.output, format: .bmp)
        for try await picture in Pictures(.folder(world.input)) {
            try await writer.write(picture.pixels.get().resized(to: ImageSize(width: 8, height: 8)), as: picture.name)
        }
        try await writer.finish()
        #expect(world.written == ["a.bmp", "b/c.bmp"])
    }

    @Test func `layouts are converted as Pillow does`() throws {
        var pixels = PixelBuffer(size: ImageSize(width: 1, height: 1), layout: .rgb)
        let samples: [UInt8] = [10, 200, 30]
        pixels.withMutableBytes { span in for index in 0..<3 { span[index] = samples[index] } }
        // (19595·10 + 38470·200 + 7471·30 + 32768) ÷ 65536
        #expect(try pixels.converted(to: .gray).bytes == [124])
        #expect(try pixels.converted(to: .rgba).bytes == [10, 200, 30, 255])
        #expect(try pixels.converted(to: .rgba).converted(to: .rgb) == pixels)
        #expect(try pixels.converted(to: .gray).converted(to: .rgb).bytes.count == 3)
    }
}
