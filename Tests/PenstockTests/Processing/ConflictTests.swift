import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import Synchronization
import Testing

@testable import Penstock

@Suite struct ConflictTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    private func run(_ choice: ConflictChoice, workers: Int = 4, name: String? = nil) async throws -> [String] {
        var options = world.options(workers: workers)
        options.output.onConflict = choice
        options.output.name = try name.map { try OutputName($0) }
        return try await ProcessingJob(.folder(world.input), options: options).results().map(\.short)
    }

    @Test func `a file that was there before is an error, stays, is replaced, or makes room by a number`() async throws
    {
        try world.pictures(["a.pgm", "b.pgm"])
        try world.folder.file("out/a.bmp", [1, 2, 3])
        #expect(try await run(.fail) == ["failed: outputTaken", "b.bmp"])
        #expect(try await run(.skip) == ["skipped a.bmp", "skipped b.bmp"])
        #expect(try await run(.rename) == ["a (2).bmp", "b (2).bmp"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: world.output.appending("a.bmp").description)).count == 3)
        #expect(try await run(.overwrite) == ["a.bmp", "b.bmp"])
        #expect(world.written == ["a (2).bmp", "a.bmp", "b (2).bmp", "b.bmp"])
        #expect(try world.sample("a.bmp") == 0)
    }

    @Test func `what is skipped or refused is not even decoded`() async throws {
        try world.folder.file("in/a.pgm", Array("no picture".utf8))
        try world.folder.file("out/a.bmp")
        #expect(try await run(.skip) == ["skipped a.bmp"])
        #expect(try await run(.fail) == ["failed: outputTaken"])
        #expect(try await run(.overwrite) == ["failed: unsupported"])
    }

    @Test(arguments: [ConflictChoice.skip, .overwrite, .fail])
    func `of two sources of one name the first in order has it, whatever the timing`(_ choice: ConflictChoice)
        async throws
    {
        try world.pictures((0..<40).map { "\($0 + 100).pgm" })
        for round in 0..<5 {
            try? FileManager.default.removeItem(atPath: world.output.description)
            let results = try await run(choice, workers: 1 + round * 2, name: "one.{ext}")
            #expect(results == ["one.bmp"] + Array(repeating: "failed: outputTaken", count: 39))
            #expect(try world.sample("one.bmp") == 0)
        }
    }

    @Test func `numbers go to sources of one name in their order`() async throws {
        try world.pictures((0..<40).map { "\($0 + 100).pgm" })
        let results = try await run(.rename, workers: 8, name: "x/one.{ext}")
        #expect(results == ["x/one.bmp"] + (2...40).map { "x/one (\($0)).bmp" })
        #expect(try world.sample("x/one (40).bmp") == 39)
    }

    @Test func `a source is never written over by its own output`() async throws {
        try world.folder.file("in/a.bmp", ProcessingWorld.picture(9))
        var options = world.options()
        options.output.place = world.input
        for choice in [ConflictChoice.overwrite, .fail] {
            options.output.onConflict = choice
            let source = PictureSource.files([world.input.appending("a.bmp")])
            let results = try await ProcessingJob(source, options: options).results()
            #expect(results.map(\.short) == ["failed: outputTaken"])
            guard case .failed(let error) = results[0].outcome else { return }
            #expect(error.message.contains("itself"))
        }
        options.output.onConflict = .rename
        let results = try await ProcessingJob(.folder(world.input), options: options).results()
        #expect(results.map(\.short) == ["a (2).bmp"])
    }

    @Test func `no folder is read from and written over`() async throws {
        try world.pictures(["a/1.pgm", "a/2.pgm"])
        var options = world.options()
        options.output.place = world.input
        for choice in ConflictChoice.allCases {
            options.output.onConflict = choice
            let inner = PictureSource.folder(world.input.appending("a"))
            let pattern = PictureSource.glob("\(world.input)/a/*.pgm")
            for source in [.folder(world.input), inner, pattern] {
                if choice == .overwrite {
                    #expect(throws: PenstockError.self) { try ProcessingJob(source, options: options) }
                } else {
                    _ = try ProcessingJob(source, options: options)
                }
            }
        }
    }

    private static func png(level: Int) -> PictureEncoding {
        var encoding = PNGEncoding()
        encoding.level = level
        return .png(encoding)
    }

    @Test func `settings that no picture can be written with are refused at once`() throws {
        for encoding in [PictureEncoding.jpeg(quality: 0), .jpeg(quality: 500), Self.png(level: 13)] {
            var options = world.options()
            options.output.format = .picture(encoding)
            #expect(throws: PenstockError.self) { try ProcessingJob(.folder(world.input), options: options) }
        }
    }

    @Test func `a folder of outputs that lies inside the inputs is not gone through`() async throws {
        try world.pictures(["a.pgm", "b/c.pgm", "z.pgm"])
        var options = world.options()
        options.output.place = world.input.appending("b/made")
        options.output.onConflict = .overwrite
        for _ in 0..<2 {
            let results = try await ProcessingJob(.folder(world.input), options: options).results()
            #expect(results.map(\.short) == ["a.bmp", "b/c.bmp", "z.bmp"])
        }
    }

    @Test func `two jobs never have one folder at a time`() async throws {
        try world.pictures(["a.pgm"])
        let first = try ProcessingJob(.folder(world.input), options: world.options())
        #expect { try ProcessingJob(.folder(world.input), options: world.options()) } throws: { error in
            (error as? PenstockError)?.code == .folderInUse
        }
        #expect(try await first.results().count == 1)
    }

    @Test(arguments: ["out", "out/in/it", "."])
    func `two jobs never have folders of which one is in the other`(_ place: String) async throws {
        try world.pictures(["a.pgm"])
        let first = try ProcessingJob(.folder(world.input), options: world.options())
        var options = world.options()
        options.output.place = place == "." ? world.folder.path : world.folder.path.appending(place)
        #expect { try ProcessingJob(.folder(world.input), options: options) } throws: { error in
            (error as? PenstockError)?.code == .folderInUse
        }
        options.output.place = world.folder.path.appending("beside")
        #expect(try await ProcessingJob(.folder(world.input), options: options).results().count == 1)
        #expect(try await first.results().count == 1)
    }

    @Test(arguments: [ConflictChoice.skip, .overwrite, .fail])
    func `a job that goes on never writes over what it wrote before`(_ choice: ConflictChoice) async throws {
        try world.pictures(["a.pgm", "b.pgm"])
        try world.folder.folder("out")
        var options = world.options()
        options.output.name = try OutputName("one.{ext}")
        options.output.onConflict = choice
        let began = try DiskTime.now(in: world.output)
        _ = try await ProcessingJob(.files([world.input.appending("a.pgm")]), options: options).results()
        options.began = began
        let results = try await ProcessingJob(.files([world.input.appending("b.pgm")]), options: options).results()
        #expect(results.map(\.short) == ["failed: outputTaken"])
        #expect(try world.sample("one.bmp") == 0)
    }
}

@Suite struct ProcessRecordTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    @Test func `every batch is intended before its files have names and concluded after`() async throws {
        try world.pictures((0..<150).map { "\($0 + 1000).pgm" })
        let record = Record(in: world.output)
        var options = world.options()
        options.record = record
        let results = try await ProcessingJob(.folder(world.input), options: options).results()
        #expect(record.concluded == results.map(\.index))
        #expect(record.intended == record.concluded)
        #expect(record.namedTooEarly == 0)
        #expect(record.notNamed == 0)
    }

    @Test func `a record that cannot be kept ends the job, and what has no name disappears`() async throws {
        try world.pictures((0..<50).map { "\($0 + 1000).pgm" })
        var options = world.options()
        options.record = Record(in: world.output, failsToIntend: true)
        let job = try ProcessingJob(.folder(world.input), options: options)
        await #expect(throws: PenstockError.self) { try await job.results() }
        while job.accounting.inFlight > 0 { try await Task.sleep(for: .milliseconds(1)) }
        while world.written.contains(where: { $0.hasSuffix(".partial") }) {
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(world.written == [])
    }
}

/// Notes what it is told, and looks whether it is true.
private final class Record: ProcessRecord {
    private struct State {
        var intended: [Int] = []
        var concluded: [Int] = []
        var namedTooEarly = 0
        var notNamed = 0
    }

    private let folder: FilePath
    private let failsToIntend: Bool
    private let state = Mutex(State())

    init(in folder: FilePath, failsToIntend: Bool = false) {
        self.folder = folder
        self.failsToIntend = failsToIntend
    }

    func intend(_ items: [ProcessedPicture]) throws(PenstockError) {
        if failsToIntend { throw PenstockError(.inputOutput, at: .write, "The disk is gone.") }
        state.withLock { state in
            state.intended += items.map(\.index)
            state.namedTooEarly += items.count { isThere($0) }
        }
    }

    func conclude(_ items: [ProcessedPicture]) throws(PenstockError) {
        state.withLock { state in
            state.concluded += items.map(\.index)
            state.notNamed += items.count { !isThere($0) }
        }
    }

    private func isThere(_ item: ProcessedPicture) -> Bool {
        guard let output = item.outcome.file?.output else { return false }
        return FileSystem.exists(folder.appending(output.bytes))
    }

    var intended: [Int] { state.withLock { $0.intended } }
    var concluded: [Int] { state.withLock { $0.concluded } }
    var namedTooEarly: Int { state.withLock { $0.namedTooEarly } }
    var notNamed: Int { state.withLock { $0.notNamed } }
}
