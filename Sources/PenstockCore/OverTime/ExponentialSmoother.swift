internal import Glibc

/// Lets the past fade by the time that has gone by, whatever the number of frames in it.
struct ExponentialSmoother: Sendable {
    private var state: [Float] = []

    /// Blends scores that come `elapsed` after the last ones into the state, and puts the state in their place.
    mutating func smooth(_ scores: inout [Float], elapsed: Duration, span: Duration) {
        guard state.count == scores.count else {
            state = scores
            return
        }
        let share = Float(1 - exp(-(elapsed / span)))
        for place in scores.indices {
            state[place] += share * (scores[place] - state[place])
            scores[place] = state[place]
        }
    }

    /// Forgets the past.
    mutating func reset() {
        state.removeAll(keepingCapacity: true)
    }
}
