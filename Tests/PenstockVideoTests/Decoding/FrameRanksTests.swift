import Testing

@testable import PenstockVideo

@Suite struct FrameRanksTests {
    private func waiting(_ ticks: Int64) -> FrameRanks.Waiting {
        FrameRanks.Waiting(ticks: ticks, duration: 1, byteCount: 100)
    }

    @Test func `reordered packets are counted in the order in which they are shown`() {
        var ranks = FrameRanks(ticksPerSecond: 1000)
        for ticks in [0, 3, 1, 2] as [Int64] { ranks.arrive(waiting(ticks)) }
        for ticks in 0..<4 as Range<Int64> {
            #expect(ranks.pass(upTo: ticks).isEmpty)
            #expect(ranks.show(ticks) == Int(ticks))
        }
    }

    @Test func `packets of which no frame came are passed and may be counted`() {
        var ranks = FrameRanks(ticksPerSecond: 1000)
        for ticks in 0..<5 as Range<Int64> { ranks.arrive(waiting(ticks)) }
        #expect(ranks.pass(upTo: 3).map(\.ticks) == [0, 1, 2])
        #expect(ranks.settle(3) == 0)
        #expect(ranks.show(3) == 3)
        #expect(ranks.passAll().map(\.ticks) == [4])
    }

    @Test func `times that go back do not disturb the count`() {
        var ranks = FrameRanks(ticksPerSecond: 1000)
        for (rank, ticks) in ([5, 6, 0, 1] as [Int64]).enumerated() {
            ranks.arrive(waiting(ticks))
            #expect(ranks.pass(upTo: ticks).isEmpty)
            #expect(ranks.show(ticks) == rank)
        }
    }

    @Test func `a decoder that shows nothing does not make it grow`() {
        var ranks = FrameRanks(ticksPerSecond: 1000)
        for ticks in 0..<5000 as Range<Int64> { ranks.arrive(waiting(ticks)) }
        #expect(ranks.passAll().count <= 1024)
        #expect(ranks.settled >= 3900)
    }

    @Test func `times that begin anew cost no frame and go on counting`() {
        var ranks = FrameRanks(ticksPerSecond: 25)
        for ticks in [100, 101, 102, 0, 1] as [Int64] { ranks.arrive(waiting(ticks)) }
        var shown: [Int] = []
        for ticks in [100, 101, 102, 0, 1] as [Int64] {
            #expect(ranks.pass(upTo: ticks).isEmpty)
            shown.append(ranks.show(ticks))
        }
        #expect(shown == [0, 1, 2, 3, 4] && ranks.passAll().isEmpty)
    }

    @Test func `what was lost before times began anew is told then`() {
        var ranks = FrameRanks(ticksPerSecond: 25)
        for ticks in [100, 101, 0] as [Int64] { ranks.arrive(waiting(ticks)) }
        #expect(ranks.show(100) == 0)
        #expect(ranks.pass(upTo: 0).map(\.ticks) == [101])
    }
}
