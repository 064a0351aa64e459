import Testing

@testable import Penstock

@Suite struct EvenSpreadTests {
    @Test(arguments: [Int.max, Int.max / 2 + 1]) func `takes everything where as many as there are may be`(limit: Int) {
        var spread = EvenSpread<Int>(limit)
        for element in 0..<100 { spread.add(element) }
        #expect(spread.chosen == Array(0..<100))
    }

    @Test(arguments: [0, 1, 5, 8, 9, 16, 17, 100, 1000, 12_345])
    func `chooses as many as there may be, in order, over the whole length`(count: Int) {
        var spread = EvenSpread<Int>(8)
        for element in 0..<count { spread.add(element) }
        let chosen = spread.chosen
        #expect(spread.count == count)
        #expect(chosen.count == min(8, count))
        #expect(chosen == chosen.sorted() && Set(chosen).count == chosen.count)
        if count >= 8 {
            #expect(chosen[0] == 0)
            #expect(chosen[7] >= count / 2)
        }
    }
}
