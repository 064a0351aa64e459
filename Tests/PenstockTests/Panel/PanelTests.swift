import Foundation
import PenstockCore
import Testing

@testable import Penstock
@testable import PenstockInference

/// Several models in one job, without any engine.
@Suite struct PanelTests {
    private let pictures = PictureSource.folder(
        FilePath(Reference.package.appendingPathComponent("Examples/pictures").path)
    )

    private func items(_ models: [FakeModel], _ source: PictureSource) async throws -> [ClassifiedPicture] {
        let panel = try await Panel(models.enumerated().map { $1.member(models.count == 1 ? "" : "m\($0)") })
        var items: [ClassifiedPicture] = []
        for try await item in panel.classify(source) { items.append(item) }
        #expect(panel.leases.freeCount == panel.leases.count)
        return items
    }

    @Test(
        arguments: [
            [.exactly(4), .upTo(1)], [.upTo(1), .upTo(1)], [.upTo(3), .exactly(4), .upTo(7)], [.upTo(2), .upTo(8)],
        ] as [[BatchSupport]]
    ) func `every model says of each picture what it says alone, in order`(batches: [BatchSupport]) async throws {
        let models = batches.enumerated().map { FakeModel($1, side: 16 + 8 * $0) }
        let together = try await items(models, pictures)
        #expect(together.map(\.index) == Array(0..<17))
        for (place, model) in models.enumerated() {
            let alone = try await items([model], pictures)
            #expect(alone.allSatisfy { $0.answers.isEmpty && $0.failure == nil })
            #expect(together.map { $0.answers[place].top } == alone.map(\.top))
            #expect(together.allSatisfy { $0.answers[place].model == "m\(place)" })
        }
    }

    @Test func `a model alone that has a name answers under it`() async throws {
        let panel = try await Panel([FakeModel(.upTo(2)).member("only")])
        for try await item in panel.classify(pictures) {
            #expect(item.answers == [.init(model: "only", outcome: .success(item.top))] && !item.top.isEmpty)
        }
    }

    @Test func `engines that end at once are as good as others`() async throws {
        let batches: [BatchSupport] = [.exactly(4), .upTo(1)]
        let atOnce = try await items(batches.map { FakeModel($0, isSynchronous: true) }, pictures)
        let later = try await items(batches.map { FakeModel($0) }, pictures)
        #expect(atOnce.map(\.answers) == later.map(\.answers))
    }

    @Test func `a limit is of the models that have it, and the one that wants most decides`() async throws {
        let model = FakeModel(.upTo(1))
        let usual = try await Panel([model.member("a")]).leases.count
        #expect(try await Panel([model.member("a", requestLimit: 1)]).leases.count == 1)
        #expect(try await Panel([model.member("a", requestLimit: 1), model.member("b")]).leases.count == usual)
        let two = [model.member("a", requestLimit: 1), FakeModel(.upTo(3)).member("b", requestLimit: 2)]
        let panel = try await Panel(two)
        #expect(panel.leases.count == 2)
        let requests = try #require(panel.leases.take()).shares.map(\.requests.count)
        #expect(requests == [3, 1])
    }

    @Test func `models that want the same picture each get it`() async throws {
        let together = try await items(
            [FakeModel(.upTo(1)), FakeModel(.upTo(2)), FakeModel(.upTo(1), side: 8)],
            pictures
        )
        #expect(together.allSatisfy { $0.answers[0].top == $0.answers[1].top })
        #expect(together.contains { $0.answers[0].top != $0.answers[2].top })
    }

    @Test func `a model that fails takes only its own answers with it`() async throws {
        let models = [FakeModel(.upTo(4)), FakeModel(.upTo(1)) { _ in true }]
        let panel = try await Panel([models[0].member("works"), models[1].member("fails")])
        let job = panel.classify(pictures)
        for try await item in job {
            #expect(item.failure?.message == "fails: The fake engine failed.")
            #expect(!item.answers[0].top.isEmpty && item.answers[1].failure?.code == .inferenceFailed)
        }
        #expect(job.accounting.failed == 17 && job.accounting.done == 0 && job.accounting.isBalanced)
        #expect(panel.leases.freeCount == panel.leases.count)
    }

    @Test func `an inference that fails concerns the pictures that it held`() async throws {
        let marked = try await items([FakeModel(.upTo(1))], pictures)
        let first = marked[3].top.sorted { $0.classIndex < $1.classIndex }.map { UInt8($0.score) }
        let items = try await items([FakeModel(.exactly(4)), FakeModel(.upTo(1)) { $0 == first }], pictures)
        #expect(items[3].answers[1].failure != nil && items[3].answers[0].failure == nil)
        #expect(items[2].failure == nil && items[4].failure == nil)
    }

    @Test func `a picture that cannot be read has no answers and counts once`() async throws {
        let source = PictureSource.bytes([1, 2, 3], name: "torn").followed(by: pictures)
        let items = try await items([FakeModel(.exactly(4)), FakeModel(.upTo(1))], source)
        #expect(items.count == 18 && items.count { $0.failure != nil } == 1)
        #expect(items[0].answers.isEmpty && items[0].failure?.stage == .decode)
    }

    @Test func `leaving the loop gives every request back`() async throws {
        let panel = try await Panel([FakeModel(.exactly(4)).member("a"), FakeModel(.upTo(1)).member("b")])
        for try await _ in panel.classify(pictures.followed(by: pictures)) { break }
        for _ in 0..<500 where panel.leases.freeCount < panel.leases.count {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(panel.leases.freeCount == panel.leases.count)
    }

    @Test func `stopping finishes what was begun`() async throws {
        let panel = try await Panel([FakeModel(.upTo(3)).member("a"), FakeModel(.upTo(2)).member("b")])
        let job = panel.classify((0..<30).reduce(pictures) { source, _ in source.followed(by: pictures) })
        var taken = 0
        for try await item in job {
            #expect(item.answers.count == 2)
            taken += 1
            if taken == 5 { job.stop() }
        }
        #expect(job.accounting.isBalanced && job.accounting.inFlight == 0 && job.accounting.done == taken)
        #expect(taken < 31 * 17)
    }

    @Test func `smoothing and events are refused when the job starts`() async throws {
        let panel = try await Panel([FakeModel(.upTo(1)).member("a"), FakeModel(.upTo(1)).member("b")])
        var options = ClassificationJob.Options()
        options.smoothing = Smoothing(.exponential, span: .seconds(1))
        await #expect(throws: PenstockError.self) {
            for try await _ in panel.classify(pictures, options: options) {}
        }
        #expect(panel.leases.freeCount == panel.leases.count)
    }

    @Test(arguments: [[], ["a", "a"], ["a", ""]]) func `names tell the models apart`(names: [String]) async {
        await #expect(throws: PenstockError.self) {
            _ = try await Panel(names.map { FakeModel(.upTo(1)).member($0) })
        }
    }

    @Test func `a way of preparing that several share is there once`() {
        let small = Preprocessing(size: ImageSize(side: 8))
        let large = Preprocessing(size: ImageSize(side: 9))
        let found = Preparation.distinct([small, large, small, small])
        #expect(found.map(\.preprocessing) == [small, large] && found.map(\.members) == [[0, 2, 3], [1]])
    }
}

/// Several models in one job, on the engine that is there.
@Suite struct PanelOnAnEngineTests {
    private let pictures = PictureSource.folder(
        FilePath(Reference.package.appendingPathComponent("Examples/pictures").path)
    )

    private func session(_ model: String) async throws -> Session {
        var configuration = Session.Configuration()
        configuration.precision = .f32
        return try await Session(
            model: FilePath(Reference.package.appendingPathComponent("Models/\(model)").path),
            configuration: configuration
        )
    }

    @Test func `models of other batches answer as they do alone`() async throws {
        let models = ["shapes/shapes.xml", "test/static_batch_4.onnx", "test/batch_of_one.onnx"]
        var sessions: [Session] = []
        for model in models { sessions.append(try await session(model)) }
        let panel = try await Panel(["a": sessions[0], "b": sessions[1], "c": sessions[2]])
        var together: [ClassifiedPicture] = []
        for try await item in panel.classify(pictures) { together.append(item) }
        #expect(together.count == 17)
        for (place, session) in sessions.enumerated() {
            var alone: [[Classification]] = []
            for try await item in session.classify(pictures) { alone.append(item.top) }
            #expect(together.map { $0.answers[place].top } == alone)
        }
    }

    @Test func `one session serves under several contracts`() async throws {
        let session = try await session("shapes/shapes.xml")
        var other = session.contract
        other.preprocessing.colorOrder = .bgr
        let panel = try await Panel([
            Panel.Member("declared", session), Panel.Member("swapped", session, contract: other),
        ])
        var differ = 0
        for try await item in panel.classify(pictures) {
            #expect(item.failure == nil)
            if item.answers[0].top != item.answers[1].top { differ += 1 }
        }
        #expect(differ > 0)
    }

    @Test func `a frame that is not looked at again has every model's last answer`() async throws {
        let session = try await session("shapes/shapes.xml")
        let panel = try await Panel(["a": session, "b": session])
        var options = ClassificationJob.Options()
        options.video.stillThreshold = 255
        let clip = PictureSource.files([
            FilePath(Reference.package.appendingPathComponent("Examples/clips/shapes.mp4").path)
        ])
        var reused = 0
        for try await item in panel.classify(clip, options: options) {
            #expect(item.answers.map(\.model) == ["a", "b"])
            if item.isReused { reused += 1 }
        }
        #expect(reused > 0)
    }
}
