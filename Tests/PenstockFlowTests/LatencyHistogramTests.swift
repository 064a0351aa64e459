import Testing

@testable import PenstockFlow

@Suite struct LatencyHistogramTests {
    private func summary(_ samples: [Duration]) -> LatencySummary? {
        let histogram = LatencyHistogram()
        for sample in samples { histogram.record(sample) }
        return histogram.summary
    }

    /// The nearest rank in the sorted samples.
    private func percentile(_ part: Double, _ samples: [Duration]) -> Duration {
        samples.sorted()[Int((part * Double(samples.count)).rounded(.up)) - 1]
    }

    @Test func `says nothing before there is anything`() {
        #expect(LatencyHistogram().summary == nil)
    }

    /// Half a bucket: 0.8 % of the duration.
    @Test(arguments: [1, 2, 3, 10, 99, 100, 101, 5000]) func `agrees with sorted samples`(count: Int) throws {
        var random = SystemRandomNumberGenerator()
        let samples = (0..<count).map { _ in
            let octave = Int64(1) << Int64.random(in: 0...40, using: &random)
            return Duration.nanoseconds(Int64.random(in: octave..<2 * octave, using: &random))
        }
        let found = try #require(summary(samples))
        for (part, value) in [(0.5, found.p50), (0.95, found.p95), (0.99, found.p99)] {
            let exact = percentile(part, samples)
            let difference = value > exact ? value - exact : exact - value
            #expect(difference <= max(exact / 128, .nanoseconds(1)))
        }
        #expect(found.max == samples.max() && found.count == count)
    }

    @Test func `keeps every duration within a 64th`() throws {
        for exponent in 0..<63 {
            for value in [Int64(1) << exponent, (Int64(1) << exponent) + 1, Int64.max >> (62 - exponent)] {
                let found = try #require(summary([.nanoseconds(value), .nanoseconds(Int64.max)]))
                let difference = found.p50 - .nanoseconds(value)
                #expect(difference >= .nanoseconds(-value / 128 - 1) && difference <= .nanoseconds(value / 128 + 1))
            }
        }
    }

    @Test func `counts absurd durations as the shortest or the longest`() throws {
        let found = try #require(summary([.seconds(-5), .zero, .seconds(Int64.max), .seconds(Int64.min)]))
        #expect(found.count == 4 && found.p50 == .zero && found.max == .nanoseconds(Int64.max))
    }

    @Test func `is counted from many threads`() async {
        let histogram = LatencyHistogram()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for sample in 0..<500 { histogram.record(.microseconds(sample)) } }
            }
        }
        #expect(histogram.summary?.count == 4000)
    }
}
