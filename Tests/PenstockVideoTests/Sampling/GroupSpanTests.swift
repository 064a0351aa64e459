import Testing

@testable import PenstockVideo

@Suite struct GroupSpanTests {
    private func packets(_ ticks: Int64...) -> [PacketFacts] {
        ticks.enumerated().map { PacketFacts(ticks: $1, duration: 1, isKey: $0 == 0) }
    }

    @Test func `frames stored behind the next keyframe but shown before it belong to the span`() {
        let span = GroupSpan(packets(0, 4, 2, 1, 3), packets(8, 6, 5, 7, 9))
        #expect(span?.frames.map(\.ticks) == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(span?.frames.map(\.place) == [0, 3, 2, 4, 1, 7, 6, 8])
        #expect(span?.next == 8)
    }

    @Test func `frames that lean on what comes before the group do not belong to it`() {
        #expect(GroupSpan(packets(8, 6, 7, 9), packets(10))?.frames.map(\.ticks) == [8, 9])
    }

    @Test func `the last frame ends with its own duration`() {
        let span = GroupSpan(packets(0, 1, 2), [PacketFacts]())
        #expect(span?.next == nil)
        #expect(span?.end(of: 1) == 2)
        #expect(span?.end(of: 2) == 3)
    }

    @Test func `frames that are never shown are not counted`() {
        let group = [PacketFacts(ticks: 0, isKey: true, isShown: false), PacketFacts(ticks: 1)]
        #expect(GroupSpan(group, [PacketFacts]())?.frames.map(\.place) == [1])
    }

    @Test func `times that contradict the order make no span`() {
        #expect(GroupSpan(packets(0, 1, 1), packets(2)) == nil)
        #expect(GroupSpan(packets(0, 5), packets(3)) == nil)
        #expect(GroupSpan(packets(4, 5), packets(1)) == nil)
        #expect(GroupSpan([PacketFacts](), packets(1)) == nil)
    }
}
