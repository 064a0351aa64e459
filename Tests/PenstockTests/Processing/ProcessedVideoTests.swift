import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import PenstockVideo
import Synchronization
import TestClips
import Testing

@testable import Penstock

@Suite struct ProcessedVideoTests {
    private let world: ProcessingWorld

    init() throws {
        world = try ProcessingWorld()
    }

    private func clip() throws -> FilePath {
        FilePath(try Clips.make("job-process-clip.mp4", Clips.source("64x48", seconds: 2) + ["-pix_fmt", "yuv420p"]))
    }

    private func run(
        _ kind: OutputKind,
        _ operations: [PictureOperation] = [],
        _ change: (inout ProcessingJob.Options) throws -> Void = { _ in }
    ) async throws -> (ProcessingJob, [ProcessedPicture]) {
        var options = world.options(kind)
        options.operations = operations
        try change(&options)
        let job = try ProcessingJob(.files([try clip()]), options: options)
        return (job, try await job.results())
    }

    /// The number of frames, the size and the duration that ffprobe finds.
    private func probe(_ name: String) throws -> [String] {
        try FFmpegProgram.run(
            "ffprobe",
            [
                "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries",
                "stream=width,height,nb_read_frames", "-of", "csv=p=0", world.output.appending(name).description,
            ]
        ).split(whereSeparator: { ",\n".contains($0) }).map(String.init)
    }

    @Test func `frames become pictures of their numbers`() async throws {
        let (job, results) = try await run(.picture(.bmp)) { $0.video.sampling = VideoSampling(.every(10)) }
        let names = [0, 10, 20, 30, 40].map { "job-process-clip/0000\($0 < 10 ? "0" : "")\($0).bmp" }
        #expect(results.map(\.short) == names)
        #expect(world.written == names)
        #expect(results.allSatisfy { $0.moment != nil })
        #expect(job.summary.streams.count == 1)
    }

    @Test func `a video becomes a video of as many frames`() async throws {
        let (job, results) = try await run(.keep)
        #expect(results.count == 51)
        #expect(results.dropLast().allSatisfy { $0.short == "encoded" })
        #expect(results.last?.short == "job-process-clip.mp4 of 50")
        #expect(try probe("job-process-clip.mp4") == ["64", "48", "50"])
        #expect(world.written == ["job-process-clip.mp4"])
        #expect(job.accounting.done == 50)
        #expect(
            results.last?.outcome.file?.bytes
                == FileManager.default.contents(
                    atPath: world.output.appending("job-process-clip.mp4").description
                )?.count
        )
    }

    @Test func `operations before and after filters are done in their order`() async throws {
        let operations: [PictureOperation] = [
            .rotate(degrees: 90), .filter("fps=5,scale=iw*2:ih"),
            .custom { pixels in
                pixels = try pixels.resized(to: ImageSize(width: 32, height: pixels.size.width / 2))
            },
        ]
        let (job, results) = try await run(.video("mkv"), operations)
        #expect(results.last?.short == "job-process-clip.mkv of 10")
        #expect(try probe("job-process-clip.mkv") == ["32", "48", "10"])
        #expect(job.accounting.done == 10)
    }

    @Test func `filters that give many frames for one are held to the bound`() async throws {
        let (_, results) = try await run(.picture(.bmp), [.filter("fps=500")]) { options in
            options.workers = 1
            options.video.sampling = VideoSampling(.every(25))
        }
        #expect(results.count > 250)
        #expect(results.allSatisfy { $0.outcome.file != nil })
    }

    @Test func `one video goes into the file that is named, and a second is an error`() async throws {
        var options = world.options(.keep)
        options.output.place = world.output.appending("one.mov")
        let clip = try clip()
        let results = try await ProcessingJob(.files([clip, clip]), options: options).results()
        #expect(results.count == 52)
        #expect(results[50].short == "one.mov of 50")
        #expect(results[51].short == "failed: outputTaken")
        #expect(world.written == ["one.mov"])
        // Others may write their videos beside it, whatever their endings.
        options.output.place = world.output.appending("two.mp4")
        let two = try ProcessingJob(.files([clip]), options: options)
        options.output.place = world.output.appending("three.mov")
        let three = try ProcessingJob(.files([clip]), options: options)
        async let others = two.results()
        #expect(try await three.results().last?.short == "three.mov of 50")
        #expect(try await others.last?.short == "two.mp4 of 50")
        #expect(world.written == ["one.mov", "three.mov", "two.mp4"])
    }

    @Test func `a video whose file is there is not opened`() async throws {
        try world.folder.file("out/job-process-clip.mp4")
        for (choice, short) in [(ConflictChoice.skip, "skipped job-process-clip.mp4"), (.fail, "failed: outputTaken")] {
            let (_, results) = try await run(.keep) { $0.output.onConflict = choice }
            #expect(results.map(\.short) == [short])
        }
        let (_, results) = try await run(.keep) { $0.output.onConflict = .rename }
        #expect(results.last?.short == "job-process-clip (2).mp4 of 50")
    }

    @Test func `of several videos for one file the others get numbers where that is asked for`() async throws {
        var options = world.options(.keep)
        options.output.place = world.output.appending("one.mov")
        options.output.onConflict = .rename
        let clip = try clip()
        let results = try await ProcessingJob(.files([clip, clip]), options: options).results()
        #expect(results.map(\.short).filter { $0 != "encoded" } == ["one.mov of 50", "one (2).mov of 50"])
        #expect(try probe("one.mov") == probe("one (2).mov"))
    }

    @Test func `a video is not encoded anew where nothing may be lost`() async throws {
        let (_, results) = try await run(.keep) { $0.output.isLossless = true }
        #expect(results.map(\.short) == ["failed: unsupported"])
        #expect(world.written == [])
    }

    @Test(arguments: [OutputKind.keep, .picture(.bmp)])
    func `filters that let nothing through are an error of the video`(_ kind: OutputKind) async throws {
        let (job, results) = try await run(kind, [.filter("select=0")])
        #expect(results.map(\.short) == ["failed: notFound"])
        #expect(job.accounting.failed == 1)
        guard case .failed(let error) = results[0].outcome else { return }
        #expect(error.message.contains("select=0"))
    }

    @Test func `samples of more bits are told of, or refused`() async throws {
        let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p10le"]
        let deep = FilePath(try Clips.make("job-process-deep.mkv", Clips.source("64x48", seconds: 1) + coding))
        func results(_ kind: OutputKind, keepsDepth: Bool) async throws -> [ProcessedPicture] {
            var options = world.options(kind)
            options.output.onConflict = .overwrite
            options.output.keepsDepth = keepsDepth
            return try await ProcessingJob(.files([deep]), options: options).results()
        }
        let pictures = try await results(.picture(.bmp), keepsDepth: false)
        #expect(pictures.allSatisfy { $0.warning == "The frame has samples of 10 bits, and 8 are written." })
        let video = try await results(.keep, keepsDepth: false)
        #expect(video.dropLast().allSatisfy { $0.short == "encoded" && $0.warning == nil })
        #expect(video.last?.warning?.contains("The video has samples of 10 bits") == true)
        for kind in [OutputKind.keep, .picture(.bmp)] {
            #expect(try await results(kind, keepsDepth: true).allSatisfy { $0.short == "failed: unsupported" })
        }
    }

    @Test func `a video is named by its first item's number, whatever becomes of that`() async throws {
        struct Refusal: Error {}
        let isFirst = Atomic(true)
        let refusing = PictureOperation.custom { _ in
            if isFirst.exchange(false, ordering: .relaxed) { throw Refusal() }
        }
        let (_, results) = try await run(.keep, [refusing]) { options in
            options.workers = 1
            options.output.name = try OutputName("{index}.{ext}")
        }
        #expect(results.first?.short == "failed: operationFailed")
        #expect(results.last?.short == "0.mp4 of 49")
    }

    @Test func `a cancelled task leaves no video with a gap, nor a part of one`() async throws {
        for wait in [1, 5, 20, 60] {
            let job = try ProcessingJob(.files([try clip()]), options: world.options(.keep, workers: 2))
            let task = Task { try await job.results() }
            try await Task.sleep(for: .milliseconds(wait))
            task.cancel()
            let results = try? await task.value
            #expect(world.written == [] || world.written == ["job-process-clip.mp4"])
            if !world.written.isEmpty { #expect(try probe("job-process-clip.mp4") == ["64", "48", "50"]) }
            #expect(results == nil || results?.count == 51)
            try? FileManager.default.removeItem(atPath: world.output.description)
        }
    }

    @Test func `a picture among videos is an error where only videos are written`() async throws {
        try world.pictures(["a.pgm"])
        let source = PictureSource.folder(world.input).followed(by: .files([try clip()]))
        let results = try await ProcessingJob(source, options: world.options(.video("mp4"))).results()
        #expect(results.first?.short == "failed: unsupported")
        #expect(results.last?.short == "job-process-clip.mp4 of 50")
    }

    @Test(arguments: [0, 1, 3, 20, 49], [[], [PictureOperation.filter("hqdn3d")]])
    func `a video that is cut by a stop never has its name`(
        taken: Int,
        operations: [PictureOperation]
    ) async throws {
        var options = world.options(.keep, workers: 1)
        options.operations = operations
        let job = try ProcessingJob(.files([try clip()]), options: options)
        var count = 0
        // From elsewhere, as a signal does it, or from the loop itself.
        if taken == 0 { try DedicatedThread.start { job.stop() } }
        var isWhole = false
        for try await result in job {
            count += 1
            if count == taken { job.stop() }
            // A stop from elsewhere may come too late.
            isWhole = result.short == "job-process-clip.mp4 of 50"
        }
        #expect(job.accounting.isBalanced)
        #expect(world.written.isEmpty || (isWhole && taken == 0))
    }

    @Test func `a filter that does not exist is refused before anything is done`() throws {
        var options = world.options(.keep)
        options.operations = [.filter("no_such_filter")]
        #expect(throws: PenstockError.self) { try ProcessingJob(.folder(world.input), options: options) }
    }
}
