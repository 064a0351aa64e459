import Testing

@testable import Penstock

@Suite struct PairedTestTests {
    @Test func `equal results speak for nobody`() {
        #expect(PairedTest.chance(ofSum: []) == 1)
        #expect(PairedTest.chance(ofSum: [0, 0, 0]) == 1)
        #expect(PairedTest.chance(ofSum: [1, -1]) == 1)
    }

    @Test(arguments: [(1, 0.5), (5, 1.0 / 32), (7, 1.0 / 128), (12, 1.0 / 4096)])
    func `a side that always wins does so by chance once in all throws`(count: Int, chance: Double) {
        let differences = Array(repeating: 1.0, count: count)
        #expect(PairedTest.chance(ofSum: differences) == chance)
        // What does not tell the two apart changes nothing.
        #expect(PairedTest.chance(ofSum: differences + [0, 0, 0]) == chance)
    }

    @Test func `the best of many is ahead by chance more often`() {
        let differences = Array(repeating: 1.0, count: 10)
        #expect(PairedTest.chance(ofSum: differences, pickedFrom: 2) == 1.0 / 1024)
        #expect(PairedTest.chance(ofSum: differences, pickedFrom: 10) == 9.0 / 1024)
        #expect(PairedTest.chance(ofSum: [1], pickedFrom: 10) == 1)
    }

    @Test func `one success more of four is nothing`() {
        #expect(PairedTest.chance(ofSum: [1, 1, -1]) == 0.5)
    }

    @Test func `many differences are thrown at random and always give the same`() {
        let differences = (0..<100).map { $0.isMultiple(of: 2) ? 1.0 : -0.5 }
        let chance = PairedTest.chance(ofSum: differences)
        #expect(chance == PairedTest.chance(ofSum: differences))
        // Twenty-five of a spread of eight: a little over three deviations.
        #expect(chance > 0 && chance < 0.01)
        #expect(PairedTest.chance(ofSum: (0..<100).map { $0.isMultiple(of: 2) ? 1 : -1 }) == 1)
        let slight = (0..<100).map { $0 < 52 ? 1.0 : -1 }
        #expect((0.2...0.5).contains(PairedTest.chance(ofSum: slight)))
    }

    @Test(arguments: hitsByChance)
    func `hits by chance are those of the binomial`(hits: Int, count: Int, each: Double, chance: Double) {
        #expect(abs(PairedTest.chance(ofHits: hits, in: count, each: each) - chance) < 1e-12)
    }

    @Test func `thousands of tries lose no digits`() {
        let chance = PairedTest.chance(ofHits: 5000, in: 10_000, each: 0.5)
        #expect(abs(chance - 0.504) < 0.001)
    }
}

/// Hits, tries, the chance of each, and the chance of so many hits.
private let hitsByChance: [(Int, Int, Double, Double)] = [
    (0, 10, 0.5, 1), (10, 10, 0.5, 1.0 / 1024), (1, 2, 0.5, 0.75), (3, 3, 0, 0), (2, 3, 1, 1),
]
