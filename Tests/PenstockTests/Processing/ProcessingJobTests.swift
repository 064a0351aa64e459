import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import Synchronization
import Testing

@testable import Penstock

@Suite struct ProcessingJobTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    private func run(_ options: ProcessingJob.Options) async throws -> (ProcessingJob, [ProcessedPicture]) {
        let job = try ProcessingJob(.folder(world.input), options: options)
        return (job, try await job.results())
    }

    @Test func `writes every picture in order and keeps folders and names`() async throws {
        let names = (0..<200).map { "\($0 / 50)/\($0 + 1000).pgm" }
        try world.pictures(names)
        let (job, results) = try await run(world.options())
        let expected = names.map { $0.replacingOccurrences(of: ".pgm", with: ".bmp") }
        #expect(results.map(\.short) == expected)
        #expect(results.map(\.index) == Array(0..<200))
        #expect(world.written == expected)
        for (index, name) in expected.enumerated() where index % 17 == 0 {
            #expect(try world.sample(name) == UInt8(index))
        }
        #expect(job.accounting.done == 200)
        #expect(job.accounting.isBalanced)
        #expect(job.summary.bytesWritten == results.compactMap { $0.outcome.file?.bytes }.reduce(0, +))
        #expect(job.slots.freeCount == job.slots.count)
    }

    @Test func `what a pattern finds keeps its place below the pattern's base`() async throws {
        try world.pictures(["a/1.pgm", "a/b/1.pgm"])
        let pattern = world.input.appending("*/**/1.pgm")
        for source in [PictureSource.glob(pattern.description), .arguments([pattern])] {
            var options = world.options()
            options.output.onConflict = .overwrite
            #expect(
                try await ProcessingJob(source, options: options).results().map(\.short) == ["a/1.bmp", "a/b/1.bmp"]
            )
        }
    }

    @Test func `a bad picture is a result and ends nothing`() async throws {
        try world.pictures(["a.pgm", "b.pgm", "c.pgm"])
        try world.folder.file("in/b.pgm", Array("no picture at all".utf8))
        let (job, results) = try await run(world.options())
        #expect(results.map(\.short) == ["a.bmp", "failed: unsupported", "c.bmp"])
        #expect(world.written == ["a.bmp", "c.bmp"])
        #expect(job.accounting.failed == 1)
    }

    @Test func `closures own the picture, and what they throw is its result`() async throws {
        struct Refusal: Error {}
        try world.pictures(["a.pgm", "b.pgm", "c.pgm"])
        var options = world.options()
        options.operations = [
            .custom { pixels in
                let first = pixels.bytes[0]
                if first == 1 { throw Refusal() }
                pixels.reshape(to: ImageSize(width: 5, height: 7), .rgb)
                pixels.withMutableBytes { span in
                    for index in 0..<span.count { span[index] = first + 100 }
                }
            }
        ]
        let (_, results) = try await run(options)
        #expect(results.map(\.short) == ["a.bmp", "failed: operationFailed", "c.bmp"])
        #expect(results[0].outcome.file?.size == ImageSize(width: 5, height: 7))
        #expect(try world.sample("a.bmp") == 100)
        #expect(try world.sample("c.bmp") == 102)
        guard case .failed(let error) = results[1].outcome else { return }
        #expect(error.message.contains("Operation 1"))
        #expect(error.message.contains("Refusal"))
    }

    @Test func `the first failure stops the job where that is asked for`() async throws {
        try world.pictures((0..<400).map { "\($0 + 1000).pgm" })
        try world.folder.file("in/1000.pgm", Array("no picture at all".utf8))
        var options = world.options(workers: 2)
        options.stopsOnError = true
        options.window = 8
        let (job, results) = try await run(options)
        #expect(results.first?.short == "failed: unsupported")
        #expect(results.count < 400)
        #expect(job.accounting.failed == 1)
        #expect(job.accounting.isBalanced)
        #expect(job.accounting.inFlight == 0)
    }

    @Test func `leaving the loop leaves no unfinished file`() async throws {
        try world.pictures((0..<300).map { "\($0 + 1000).pgm" })
        var taken = 0
        do {
            let job = try ProcessingJob(.folder(world.input), options: world.options())
            for try await _ in job {
                taken += 1
                if taken == 10 { break }
            }
            // Threads that have an item in hand let go of it by themselves.
            while job.accounting.inFlight > 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        #expect(world.written.count < 300)
        while world.written.contains(where: { $0.hasSuffix(".partial") }) {
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test func `no more files are in memory than there are slots, however slow the disk is`() async throws {
        try world.pictures((0..<60).map { "\($0 + 1000).pgm" })
        let gate = Gate()
        var options = world.options(workers: 2)
        options.output.queue = 3
        options.writeHook = { _ in gate.wait() }
        let job = try ProcessingJob(.folder(world.input), options: options)
        #expect(job.slots.count == 5)
        async let results = job.results()
        // Two are with the disk's threads, three wait: nothing more can be begun, and all that was read is whole.
        while job.slots.freeCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(job.accounting.done == 0)
        gate.open()
        #expect(try await results.count == 60)
        #expect(job.slots.freeCount == 5)
    }

    @Test func `a disk that is full fails the items that find it so, and the rest goes on`() async throws {
        try world.pictures((0..<20).map { "\($0 + 1000).pgm" })
        var options = world.options()
        options.writeHook = { path throws(PenstockError) in
            if path.description.hasSuffix("5.bmp") { throw SystemFailure.writing(path, ENOSPC) }
        }
        let (job, results) = try await run(options)
        #expect(results.count { if case .failed = $0.outcome { true } else { false } } == 2)
        #expect(job.accounting.done == 18)
        #expect(job.accounting.failed == 2)
        #expect(world.written.count == 18)
    }

    @Test func `a folder that may not be written fails the items that go there, and the rest goes on`() async throws {
        try world.pictures(["a/1.pgm", "b/2.pgm", "c/3.pgm"])
        var options = world.options()
        options.writeHook = { path throws(PenstockError) in
            if path.description.contains("/b/") { throw SystemFailure.writing(path, EROFS) }
        }
        let (_, results) = try await run(options)
        #expect(results.map(\.short) == ["a/1.bmp", "failed: permissionDenied", "c/3.bmp"])
    }

    @Test func `durable files are written as others are`() async throws {
        let names = (0..<90).map { "\($0 / 30)/deep/\($0 + 1000).pgm" }
        try world.pictures(names)
        var options = world.options()
        options.output.isDurable = true
        let (_, results) = try await run(options)
        #expect(results.map(\.short) == names.map { $0.replacingOccurrences(of: ".pgm", with: ".bmp") })
        #expect(world.written.count == 90)
    }

    @Test func `without order every item still has one result`() async throws {
        try world.pictures((0..<100).map { "\($0 + 1000).pgm" })
        var options = world.options()
        options.isOrdered = false
        let (job, results) = try await run(options)
        #expect(results.map(\.index).sorted() == Array(0..<100))
        #expect(job.accounting.done == 100)
    }

    @Test func `a name that is too long is that picture's error`() async throws {
        let long = String(repeating: "x", count: 200)
        try world.pictures(["a.pgm", "\(long).pgm"])
        var options = world.options()
        options.output.name = try OutputName("{stem}-{stem}.{ext}")
        let (_, results) = try await run(options)
        #expect(results.map(\.short) == ["a-a.bmp", "failed: invalidConfiguration"])
        #expect(world.written == ["a-a.bmp"])
    }
}

/// Holds threads up until it is opened.
final class Gate: Sendable {
    private let monitor = Monitor(false)

    func wait() {
        monitor.wait(.loaders) { $0 ? .ready(()) : .until(nil) }
    }

    func open() {
        monitor.withLock { $0 = true }
        monitor.wakeAll(.loaders)
    }
}
