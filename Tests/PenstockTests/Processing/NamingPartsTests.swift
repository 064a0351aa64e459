import Foundation
import PenstockCore
import PenstockFlow
import Testing

@testable import Penstock

@Suite struct NewNameTests {
    @Test func `a name is given once, and what has it stays`() throws {
        let folder = try TemporaryFolder()
        let (first, second) = (try folder.file("1", [1]), try folder.file("2", [2]))
        let name = folder.path.appending("name")
        #expect(try NewName.give(name, to: first) == .given)
        #expect(try NewName.give(name, to: second) == .taken)
        #expect(try SmallFile.bytes(name) == [1])
        #expect(!FileSystem.exists(first))
        #expect(FileSystem.exists(second))
        #expect(throws: PenstockError.self) { try NewName.give(folder.path.appending("no/name"), to: second) }
    }
}

@Suite struct DiskTimeTests {
    @Test func `the present lies between what was and what will be written`() throws {
        let folder = try TemporaryFolder()
        for round in 0..<20 {
            let before = try folder.file("before \(round)")
            let now = try DiskTime.now(in: folder.path)
            let after = try folder.file("after \(round)")
            #expect(try #require(DiskTime(ofLastChangeOf: before)) < now)
            #expect(try #require(DiskTime(ofLastChangeOf: after)) >= now)
        }
        #expect(DiskTime(ofLastChangeOf: folder.path.appending("nothing")) == nil)
        #expect(FileSystem.names(in: folder.path).count == 40)
    }
}

@Suite struct NumberedNamesTests {
    @Test func `numbers stand before the ending, and go on from the last`() throws {
        var names = NumberedNames()
        var taken: Set<FilePath> = []
        for _ in 0..<3 { taken.insert(try names.next(for: "a.b/c.jpg") { !taken.contains($0) }) }
        #expect(taken == ["a.b/c (2).jpg", "a.b/c (3).jpg", "a.b/c (4).jpg"])
        #expect(try names.next(for: "a.b/c") { _ in true } == "a.b/c (2)")
        #expect(try names.next(for: ".hidden") { _ in true } == ".hidden (2)")
    }
}

@Suite struct StandingThreadTests {
    @Test func `does what it is asked in order, and passes errors on`() async throws {
        let thread = try StandingThread()
        for number in 0..<100 { #expect(try await thread.run { number * 2 } == number * 2) }
        await #expect(throws: CancellationError.self) { try await thread.run { throw CancellationError() } }
    }
}
