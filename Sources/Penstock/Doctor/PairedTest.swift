internal import Glibc

/// How easily chance alone would favour one of two candidates as much as it was, over the same pictures.
enum PairedTest {
    /// What is called clear: less than one chance in a hundred.
    static let threshold = 0.01

    /// Where differences have no side of their own, the chance of a sum as large as this: each sign is thrown anew.
    ///
    /// Up to twelve differences every throw is tried; beyond, some thousands, always the same.
    static func chance(ofSum differences: [Double]) -> Double {
        let telling = differences.filter { $0 != 0 }
        let sum = telling.reduce(0, +)
        guard sum > 0 else { return 1 }
        // Sums that differ by rounding alone are the same.
        let bar = sum - 1e-9 * telling.reduce(0) { $0 + $1.magnitude }
        let isExact = telling.count <= 12
        let throwCount = isExact ? 1 << telling.count : 8192
        var random = SplitMix(state: 1)
        var reached = 0
        for throwIndex in 0..<throwCount {
            var bits = isExact ? UInt64(throwIndex) : 0
            var thrown = 0.0
            for (place, difference) in telling.enumerated() {
                if !isExact, place.isMultiple(of: 64) { bits = random.next() }
                thrown += bits & 1 == 0 ? difference : -difference
                bits >>= 1
            }
            if thrown >= bar { reached += 1 }
        }
        // The sum itself is one of the throws.
        return isExact ? Double(reached) / Double(throwCount) : Double(reached + 1) / Double(throwCount + 1)
    }

    /// The same where the side that is ahead was picked as the best of several candidates: as likely as that one of
    /// the others, at least, falls so far behind. At most 1.
    static func chance(ofSum differences: [Double], pickedFrom candidateCount: Int) -> Double {
        min(1, chance(ofSum: differences) * Double(candidateCount - 1))
    }

    /// The chance of `hits` or more in `count` tries that each hit with the given chance.
    static func chance(ofHits hits: Int, in count: Int, each chance: Double) -> Double {
        guard hits > 0, chance < 1 else { return 1 }
        guard chance > 0 else { return 0 }
        // Terms of the binomial, each from the one before, as logarithms: the first is too small for a number.
        var term = Double(count) * log(1 - chance)
        var reached = 0.0
        for hit in 0...count {
            if hit >= hits { reached += exp(term) }
            term += log(Double(count - hit) / Double(hit + 1) * chance / (1 - chance))
        }
        return min(1, reached)
    }
}

/// Numbers that look random, and are the same each time.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
