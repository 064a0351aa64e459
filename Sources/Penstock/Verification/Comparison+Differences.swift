extension Comparison {
    /// How far apart the scores of two runs are, over all that both name.
    public struct Differences: Hashable, Sendable {
        /// How many pairs of scores were compared.
        public private(set) var count = 0
        /// The largest difference; 0 where there were none.
        public private(set) var largest = 0.0
        private var sum = 0.0
        private var sumOfSquares = 0.0

        /// Makes the differences of nothing.
        public init() {}

        /// The mean difference.
        public var mean: Double { count > 0 ? sum / Double(count) : 0 }

        /// The root of the mean square, in which a few large differences weigh more.
        public var rootMeanSquare: Double { count > 0 ? (sumOfSquares / Double(count)).squareRoot() : 0 }

        mutating func add(_ difference: Double) {
            count += 1
            largest = max(largest, difference)
            sum += difference
            sumOfSquares += difference * difference
        }
    }
}
