/// Averages the last stretch of time, each frame weighted by how long it was shown.
///
/// Frames closer together than a 256th of the span share a bucket, so that memory is bounded whatever the frame rate:
/// at most 258 buckets of a number a class.
struct WindowSmoother: Sendable {
    private struct Bucket: Sendable {
        let start: Duration
        var end: Duration
        var weight: Double
        /// Scores times seconds, by class.
        var sums: [Double]
    }

    private static let bucketsInSpan = 256

    private var buckets: [Bucket] = []
    private var spare: [[Double]] = []
    private var totals: [Double] = []
    private var totalWeight = 0.0
    /// The newest scores, which nobody can weigh before the next frame says how long they were shown.
    private var newest: [Float] = []
    private var newestStart = Duration.zero

    /// Puts the average over the span that ends with this frame in place of its scores.
    mutating func smooth(_ scores: inout [Float], at place: FrameClock.Place, span: Duration) {
        if newest.count == scores.count { settleNewest(until: place.start, span: span) } else { reset() }
        newest.replaceSubrange(newest.indices, with: scores)
        newestStart = place.start
        dropBuckets(before: place.end - span)
        average(&scores, at: place, span: span)
    }

    /// Forgets the past.
    mutating func reset() {
        while !buckets.isEmpty { dropFirstBucket() }
        newest.removeAll(keepingCapacity: true)
        spare.removeAll()
    }
}

// MARK: - Buckets

extension WindowSmoother {
    private mutating func settleNewest(until end: Duration, span: Duration) {
        let weight = (end - newestStart).asSeconds
        guard weight > 0 else { return }
        if let last = buckets.last, newestStart - last.start < span / Self.bucketsInSpan {
            buckets[buckets.count - 1].end = end
        } else {
            buckets.append(emptyBucket(end: end))
        }
        let place = buckets.count - 1
        buckets[place].weight += weight
        totalWeight += weight
        for index in newest.indices {
            let part = Double(newest[index]) * weight
            buckets[place].sums[index] += part
            totals[index] += part
        }
    }

    private mutating func emptyBucket(end: Duration) -> Bucket {
        if buckets.isEmpty {
            // Starting from nothing also sheds what rounding has left over.
            totals = Array(repeating: 0, count: newest.count)
            totalWeight = 0
        }
        let sums = spare.popLast() ?? Array(repeating: 0, count: newest.count)
        return Bucket(start: newestStart, end: end, weight: 0, sums: sums)
    }

    private mutating func dropBuckets(before start: Duration) {
        while let first = buckets.first, first.end <= start { dropFirstBucket() }
    }

    private mutating func dropFirstBucket() {
        var bucket = buckets.removeFirst()
        totalWeight -= bucket.weight
        for index in bucket.sums.indices {
            totals[index] -= bucket.sums[index]
            bucket.sums[index] = 0
        }
        spare.append(bucket.sums)
    }

    private func average(_ scores: inout [Float], at place: FrameClock.Place, span: Duration) {
        guard let first = buckets.first else { return }
        let own = min(place.end - place.start, span).asSeconds
        // The oldest bucket may lie in the window only in part.
        let outside = max(0, (place.end - span - first.start) / (first.end - first.start))
        let weight = totalWeight - outside * first.weight + own
        guard weight > 0 else { return }
        for index in scores.indices {
            let past = totals[index] - outside * first.sums[index]
            scores[index] = Float((past + Double(scores[index]) * own) / weight)
        }
    }
}
