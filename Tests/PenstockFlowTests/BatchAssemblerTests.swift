import Testing

@testable import PenstockFlow

@Suite struct BatchAssemblerTests {
    private let start = MonotonicTime(nanoseconds: 1_000)

    @Test func `runs a batch once it is full and every place is settled`() {
        var assembler = BatchAssembler<String>(capacity: 2)
        #expect(assembler.needsLease)
        assembler.begin("a")
        let first = assembler.claim(item: 7, at: start)
        let second = assembler.claim(item: 8, at: start)
        #expect(assembler.needsLease)
        #expect(assembler.settle(second, filled: true) == nil)
        #expect(assembler.settle(first, filled: true) == .run("a", count: 2, items: [7, 8]))
    }

    @Test func `places follow the order of claims and not of settling`() {
        var assembler = BatchAssembler<String>(capacity: 3)
        assembler.begin("a")
        let slots = (0..<3).map { assembler.claim(item: $0, at: start) }
        #expect(slots.map(\.position) == [0, 1, 2])
        for slot in slots.reversed().dropLast() { #expect(assembler.settle(slot, filled: true) == nil) }
        #expect(assembler.settle(slots[0], filled: true) == .run("a", count: 3, items: [0, 1, 2]))
    }

    @Test func `a failed item leaves a hole and trailing holes are not run`() {
        var assembler = BatchAssembler<String>(capacity: 4)
        assembler.begin("a")
        let slots = (0..<4).map { assembler.claim(item: $0, at: start) }
        let filled = [true, false, true, false]
        let actions = zip(slots, filled).map { assembler.settle($0, filled: $1) }
        #expect(actions.last == .run("a", count: 3, items: [0, nil, 2]))
    }

    @Test func `a batch in which nothing loaded is released`() {
        var assembler = BatchAssembler<String>(capacity: 2)
        assembler.begin("a")
        let slots = (0..<2).map { assembler.claim(item: $0, at: start) }
        #expect(assembler.settle(slots[0], filled: false) == nil)
        #expect(assembler.settle(slots[1], filled: false) == .release("a"))
    }

    @Test func `offline a partial batch waits for the end however long that takes`() {
        var assembler = BatchAssembler<String>(capacity: 8)
        assembler.begin("a")
        let slot = assembler.claim(item: 0, at: start)
        #expect(assembler.settle(slot, filled: true) == nil)
        #expect(assembler.deadline == nil)
        #expect(assembler.tick(at: start + .seconds(3600)) == nil)
        #expect(assembler.close() == .run("a", count: 1, items: [0]))
    }

    @Test func `emits a partial batch at the deadline of its oldest item`() {
        var assembler = BatchAssembler<String>(capacity: 8, maxWait: .milliseconds(20))
        assembler.begin("a")
        let first = assembler.claim(item: 0, at: start)
        let second = assembler.claim(item: 1, at: start + .milliseconds(15))
        _ = assembler.settle(first, filled: true)
        _ = assembler.settle(second, filled: true)
        #expect(assembler.deadline == start + .milliseconds(20))
        #expect(assembler.tick(at: start + .milliseconds(19)) == nil)
        #expect(assembler.tick(at: start + .milliseconds(20)) == .run("a", count: 2, items: [0, 1]))
    }

    @Test func `a batch closed at its deadline still waits for a place that is loading`() {
        var assembler = BatchAssembler<String>(capacity: 8, maxWait: .milliseconds(20))
        assembler.begin("a")
        let slot = assembler.claim(item: 0, at: start)
        #expect(assembler.tick(at: start + .seconds(1)) == nil)
        #expect(assembler.needsLease)
        #expect(assembler.settle(slot, filled: true) == .run("a", count: 1, items: [0]))
    }

    @Test func `several batches load at once`() {
        var assembler = BatchAssembler<String>(capacity: 1)
        assembler.begin("a")
        let first = assembler.claim(item: 0, at: start)
        assembler.begin("b")
        let second = assembler.claim(item: 1, at: start)
        #expect(assembler.settle(second, filled: true) == .run("b", count: 1, items: [1]))
        #expect(assembler.settle(first, filled: true) == .run("a", count: 1, items: [0]))
    }
}
