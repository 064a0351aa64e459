import PenstockCore
import Synchronization
import Testing

@testable import PenstockFlow

/// Loads numbers: each takes a while that depends on the number, and every `failing`th fails.
private final class NumberStages: FlowStages {
    struct Value: FlowValue, Equatable {
        let number: Int
        let isFailure: Bool
        var ending: ItemEnding { isFailure ? .failed : .done }
    }

    let failing: Int
    let runFailure: PenstockError?
    let batchSizes = Mutex<[Int]>([])
    private let finisher = Finisher()

    init(failing: Int = .max, runFailure: PenstockError? = nil) {
        self.failing = failing
        self.runFailure = runFailure
    }

    func makeLoader() {}

    func load(_ item: Int, into lease: Int, at position: Int, with loader: Void) -> LoadOutcome<Int, Value> {
        var spin = (item &* 2_654_435_761) % 3000
        while spin > 0 { spin -= 1 }
        return item % failing == failing - 1 ? .failed(Value(number: item, isFailure: true)) : .filled(item)
    }

    func run(_ lease: Int, count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        batchSizes.withLock { $0.append(count) }
        finisher.finish { [runFailure] in whenDone(runFailure) }
    }

    func value(of loaded: Int, from lease: Int, at position: Int, failure: PenstockError?) -> Value {
        Value(number: loaded, isFailure: failure != nil)
    }
}

/// One thread that calls back, as an engine's does.
private final class Finisher: Sendable {
    private let state = Monitor<(calls: [@Sendable () -> Void], isOver: Bool)>(([], false))

    init() {
        try! DedicatedThread.start { [state] in
            while let calls = Self.next(state) { for call in calls { call() } }
        }
    }

    deinit {
        state.withLock { $0.isOver = true }
        state.wakeAll(.loaders)
    }

    func finish(_ call: @escaping @Sendable () -> Void) {
        state.withLock { $0.calls.append(call) }
        state.wakeAll(.loaders)
    }

    private static func next(
        _ state: Monitor<(calls: [@Sendable () -> Void], isOver: Bool)>
    ) -> [@Sendable () -> Void]? {
        state.wait(.loaders) { state in
            if !state.calls.isEmpty {
                defer { state.calls = [] }
                return .ready(state.calls)
            }
            return state.isOver ? .ready(nil) : .until(nil)
        }
    }
}

private typealias Numbers = Flow<NumberStages>

private func start(
    _ stages: NumberStages = NumberStages(),
    items: Int,
    workers: Int = 3,
    batch: Int = 4,
    window: Int = 16,
    ordered: Bool = true,
    leases: LeasePool<Int> = LeasePool(Array(0..<3))
) throws -> Numbers {
    let flow = Numbers(
        stages,
        leases: leases,
        configuration: FlowConfiguration(
            workers: workers,
            batchCapacity: batch,
            window: window,
            isOrdered: ordered,
            queueCapacity: 8
        )
    )
    try flow.start { (0..<items).lazy.map { SourceElement.item($0) }.makeIterator() }
    return flow
}

@Suite struct FlowTests {
    @Test(arguments: [0, 1, 3, 4, 5, 1000], [1, 2, 8]) func `delivers every item once and in order`(
        items: Int,
        workers: Int
    ) async throws {
        let leases = LeasePool(Array(0..<3))
        let flow = try start(items: items, workers: workers, leases: leases)
        var taken: [Int] = []
        while let value = await flow.next() { taken.append(value.number) }
        #expect(taken == Array(0..<items))
        #expect(flow.accounting.done == items)
        #expect(flow.accounting.isBalanced)
        #expect(leases.freeCount == leases.count)
    }

    @Test func `failures keep their places and end nothing`() async throws {
        let flow = try start(NumberStages(failing: 5), items: 203)
        var failed: [Int] = []
        var count = 0
        while let value = await flow.next() {
            #expect(value.number == count)
            count += 1
            if value.isFailure { failed.append(value.number) }
        }
        #expect(count == 203)
        #expect(failed == Array(stride(from: 4, to: 203, by: 5)))
        #expect(flow.accounting.failed == failed.count)
        #expect(flow.accounting.isBalanced)
    }

    @Test func `a run that fails becomes a result for each of its items`() async throws {
        let failure = PenstockError(.inputOutput, at: .infer, "refused")
        let flow = try start(NumberStages(runFailure: failure), items: 10)
        var failed = 0
        while let value = await flow.next() { failed += value.isFailure ? 1 : 0 }
        #expect(failed == 10)
    }

    @Test func `unordered delivery gives every item once`() async throws {
        let flow = try start(items: 500, ordered: false)
        var taken: Set<Int> = []
        while let value = await flow.next() { #expect(taken.insert(value.number).inserted) }
        #expect(taken.count == 500)
    }

    @Test(arguments: [1, 4]) func `the sizes of batches follow from the inputs alone`(workers: Int) async throws {
        let stages = NumberStages()
        let flow = try start(stages, items: 22, workers: workers)
        while await flow.next() != nil {}
        #expect(stages.batchSizes.withLock { $0.sorted() } == [2, 4, 4, 4, 4, 4])
    }

    @Test func `a consumer that stands still stops the source`() async throws {
        let produced = Atomic<Int>(0)
        let flow = Numbers(
            NumberStages(),
            leases: LeasePool([0, 1]),
            configuration: FlowConfiguration(workers: 2, batchCapacity: 2, window: 8, queueCapacity: 4)
        )
        try flow.start {
            (0..<10_000).lazy.map { number in
                produced.add(1, ordering: .relaxed)
                return SourceElement.item(number)
            }.makeIterator()
        }
        _ = await flow.next()
        try await Task.sleep(for: .milliseconds(100))
        // One taken, eight in the window, four in the queue, one in the source's hands.
        #expect(produced.load(ordering: .relaxed) <= 14)
        flow.abandon()
    }

    @Test func `stopping finishes what was begun and accounts for the rest`() async throws {
        let leases = LeasePool(Array(0..<3))
        let flow = try start(items: 100_000, leases: leases)
        for _ in 0..<10 { _ = await flow.next() }
        flow.stop()
        var count = 10
        while let value = await flow.next() {
            #expect(value.number == count)
            count += 1
        }
        let accounting = flow.accounting
        #expect(accounting.isBalanced)
        #expect(accounting.inFlight == 0)
        #expect(accounting.done == count)
        #expect(leases.freeCount == leases.count)
    }

    @Test func `an abandoned flow gives its leases back`() async throws {
        let leases = LeasePool(Array(0..<3))
        let flow = try start(items: 100_000, leases: leases)
        _ = await flow.next()
        flow.abandon()
        #expect(await flow.next() == nil)
        for _ in 0..<500 where leases.freeCount < leases.count { try await Task.sleep(for: .milliseconds(10)) }
        #expect(leases.freeCount == leases.count)
        #expect(flow.accounting.isBalanced)
    }

    @Test func `two flows share one pool`() async throws {
        let leases = LeasePool([0, 1])
        let first = try start(items: 300, leases: leases)
        let second = try start(items: 300, leases: leases)
        async let firstCount = count(first)
        async let secondCount = count(second)
        #expect(await (firstCount, secondCount) == (300, 300))
        #expect(leases.freeCount == 2)
    }

    @Test(arguments: [1, 4]) func `a lease given back is never missed`(batch: Int) async throws {
        // One lease and loaders that always wait for it: a wake-up that came too early would end this in a standstill.
        let flow = try start(items: 20_000, workers: 3, batch: batch, window: 8, leases: LeasePool([0]))
        var count = 0
        while await flow.next() != nil { count += 1 }
        #expect(count == 20_000)
    }

    @Test func `failures of the source that fill the window do not strand a batch that is not full`() async throws {
        let flow = Numbers(
            NumberStages(),
            leases: LeasePool([0]),
            configuration: FlowConfiguration(workers: 2, batchCapacity: 4, window: 4, queueCapacity: 8)
        )
        try flow.start {
            (0..<20).map { number -> SourceElement<Int, NumberStages.Value> in
                number % 5 == 0
                    ? .item(number) : .value(NumberStages.Value(number: number, isFailure: true))
            }.makeIterator()
        }
        var taken: [Int] = []
        while let value = await flow.next() { taken.append(value.number) }
        #expect(taken == Array(0..<20))
    }

    @Test func `what was given up before it entered is accounted for at once`() async throws {
        let flow = try start(items: 100)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { for _ in 0..<50 { flow.drop(.queueFull, count: 2) } } }
        }
        flow.drop(.tooOld, count: 3)
        flow.drop(.tooOld, count: 0)
        while await flow.next() != nil {}
        let accounting = flow.accounting
        #expect(accounting.isBalanced && accounting.inFlight == 0)
        #expect(accounting.received == 503 && accounting.done == 100)
        #expect(accounting.dropped == [.queueFull: 400, .tooOld: 3])
    }

    @Test func `every loader ends with its flow`() async throws {
        let leases = LeasePool([0])
        for _ in 0..<50 {
            let flow = try start(items: 3, workers: 8, batch: 1, leases: leases)
            while await flow.next() != nil {}
            for _ in 0..<500 where flow.storage.withLock({ $0.loaders }) > 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(flow.storage.withLock { $0.loaders } == 0)
        }
    }

    private func count(_ flow: Numbers) async -> Int {
        var count = 0
        while await flow.next() != nil { count += 1 }
        return count
    }
}
