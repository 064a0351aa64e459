import Foundation
import PenstockCore
import Testing

@testable import Penstock

@Suite struct SessionTests {
    private let pictures = FilePath(Reference.package.appendingPathComponent("Examples/pictures").path)

    private func session(batch: Int? = nil) async throws -> Session {
        var configuration = Session.Configuration()
        configuration.batch = batch
        return try await Session(
            model: FilePath(Reference.package.appendingPathComponent("Models/shapes/shapes.xml").path),
            configuration: configuration
        )
    }

    @Test func `one session serves several jobs at once`() async throws {
        let session = try await session()
        async let first = count(session.classify(.folder(pictures)))
        async let second = count(session.classify(.folder(pictures)))
        #expect(try await (first, second) == (17, 17))
        #expect(session.leases.freeCount == session.leases.count)
    }

    @Test func `a model that is named in two ways is opened once`() async throws {
        let folder = Reference.package.appendingPathComponent("Models/shapes").path
        let spellings = ["\(folder)/shapes.xml", "\(folder)/../shapes/./shapes.xml"].map { FilePath($0) }
        let sessions = try await Session.open(spellings, configuration: Session.Configuration()) { $1 }
        #expect(sessions.count == 2 && sessions[0] === sessions[1])
    }

    @Test func `leaving the loop gives everything back`() async throws {
        let session = try await session(batch: 4)
        for try await _ in session.classify(.folder(pictures)) { break }
        for _ in 0..<500 where session.leases.freeCount < session.leases.count {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(session.leases.freeCount == session.leases.count)
    }

    @Test func `a cancelled task gets a cancellation and gives everything back`() async throws {
        let session = try await session()
        let source = (0..<200).reduce(PictureSource.folder(pictures)) { source, _ in
            source.followed(by: .folder(pictures))
        }
        let job = session.classify(source)
        let task = Task { try await count(job) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for _ in 0..<500 where session.leases.freeCount < session.leases.count {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(session.leases.freeCount == session.leases.count)
        #expect(job.accounting.isBalanced)
    }

    @Test func `stopping finishes what was begun and accounts for all`() async throws {
        let session = try await session()
        let source = (0..<50).reduce(PictureSource.folder(pictures)) { source, _ in
            source.followed(by: .folder(pictures))
        }
        let job = session.classify(source)
        var taken = 0
        for try await _ in job {
            taken += 1
            if taken == 5 { job.stop() }
        }
        let accounting = job.accounting
        #expect(accounting.isBalanced && accounting.inFlight == 0)
        #expect(accounting.done == taken && taken < 51 * 17)
    }

    @Test func `a picture in memory is classified like a file`() async throws {
        let session = try await session()
        let file = Reference.package.appendingPathComponent("Examples/pictures/star-01.jpg")
        let source = PictureSource.bytes([UInt8](try Data(contentsOf: file)), name: "star").followed(
            by: .files([FilePath(file.path)])
        )
        var tops: [[Classification]] = []
        for try await item in session.classify(source) { tops.append(item.top) }
        #expect(tops.count == 2 && tops[0] == tops[1])
        #expect(tops[0].first?.label == "star")
    }

    private func count(_ job: ClassificationJob) async throws -> Int {
        var count = 0
        for try await _ in job { count += 1 }
        return count
    }
}
