import PenstockCore
import Testing

@testable import PenstockFlow

@Suite struct BehindQueueTests {
    private struct Failure: Error {}

    /// A queue whose thread adds up what it is given, and ends when it is told to.
    private func summing(_ queue: BehindQueue<Int>) async throws -> Int {
        try await DedicatedThread.run { () throws(PenstockError) -> Int in
            var sum = 0
            while let item = queue.next() { sum += item }
            queue.end(queue.isCancelled ? .failure(CancellationError()) : .success(()))
            return sum
        }
    }

    @Test func carriesEverythingFromManyTasks() async throws {
        let queue = BehindQueue<Int>(limit: 2, whenFull: .wait)
        async let sum = summing(queue)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { for item in 0..<100 { _ = try await queue.add(task * 100 + item) } }
            }
            try await group.waitForAll()
        }
        try await queue.finish()
        #expect(try await sum == (0..<800).reduce(0, +))
        #expect(queue.droppedCount == 0)
    }

    @Test func turnsAwayWhatFindsNoRoom() async throws {
        let queue = BehindQueue<Int>(limit: 2, whenFull: .drop)
        #expect(try await queue.add(1))
        #expect(try await queue.add(2))
        #expect(try await queue.add(3) == false)
        async let sum = summing(queue)
        try await queue.finish()
        #expect(try await sum == 3)
        #expect(queue.droppedCount == 1)
    }

    @Test func freesWhoeverWaitsWhenTheWorkFails() async throws {
        let queue = BehindQueue<Int>(limit: 1, whenFull: .wait)
        #expect(try await queue.add(1))
        let waiting = Task { try await queue.add(2) }
        let finishing = Task { try await queue.finish() }
        // Whether they have begun to wait or not, both must hear of it.
        queue.end(.failure(Failure()))
        await #expect(throws: Failure.self) { try await waiting.value }
        await #expect(throws: Failure.self) { try await finishing.value }
        await #expect(throws: Failure.self) { try await queue.add(3) }
    }

    @Test func endsAtOnceWhenCancelled() async throws {
        let queue = BehindQueue<Int>(limit: 4, whenFull: .wait)
        for item in 0..<4 { #expect(try await queue.add(item)) }
        queue.cancel()
        #expect(queue.next() == nil)
        await #expect(throws: CancellationError.self) { try await queue.add(5) }
        queue.end(.failure(CancellationError()))
        await #expect(throws: CancellationError.self) { try await queue.finish() }
    }

    @Test func givesUpWaitsThatAreCancelledAtAnyMoment() async throws {
        for pause in 0..<50 {
            let queue = BehindQueue<Int>(limit: 1, whenFull: .wait)
            #expect(try await queue.add(0))
            let waiting = Task { try await queue.add(1) }
            for _ in 0..<pause { await Task.yield() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            async let sum = summing(queue)
            try await queue.finish()
            #expect(try await sum == 0)
        }
    }

    @Test func takesNothingMoreOnceFinished() async throws {
        let queue = BehindQueue<Int>(limit: 1, whenFull: .wait)
        async let sum = summing(queue)
        try await queue.finish()
        #expect(try await sum == 0)
        await #expect(throws: CancellationError.self) { try await queue.add(1) }
    }

    @Test func endsWithTheLastOfSeveralThreads() async throws {
        let queue = BehindQueue<Int>(limit: 2, whenFull: .wait, threads: 3)
        async let sums = [summing(queue), summing(queue), summing(queue)]
        for item in 0..<500 { #expect(try await queue.add(item)) }
        try await queue.finish()
        #expect(try await sums.reduce(0, +) == (0..<500).reduce(0, +))
    }

    @Test func waitsForEveryThreadEvenWhenOneHasFailed() async throws {
        let queue = BehindQueue<Int>(limit: 2, whenFull: .wait, threads: 2)
        #expect(try await queue.add(1))
        queue.end(.failure(Failure()))
        // The other one is told to stop, and what waited is gone with the failure.
        #expect(queue.next() == nil)
        await #expect(throws: Failure.self) { try await queue.add(2) }
        let finishing = Task { try await queue.finish() }
        queue.end(.success(()))
        await #expect(throws: Failure.self) { try await finishing.value }
    }
}
