/// How well a model recognises a picture that it sees a second time, a little differently, among the others.
///
/// For a picture it is the chance that two answers drawn from the model's two beliefs about it are the same class, less
/// the same chance for two different pictures. It is near 1 for a model that is sure, stays with what it said, and
/// tells pictures apart; and near 0 for one that guesses, that changes its mind, or that says the same of everything,
/// however sure of itself it is.
enum Recognition {
    /// The recognition of each picture.
    static func values(_ first: [ClassScores], _ second: [ClassScores]) -> [Double] {
        let totals = second.reduce(into: [Int: Double]()) { totals, scores in
            for share in scores.shares { totals[share.index, default: 0] += share.value }
        }
        return zip(first, second).map { one, other in
            let own = Dictionary(other.shares.map { ($0.index, $0.value) }) { first, _ in first }
            let same = one.shares.reduce(0) { $0 + $1.value * (own[$1.index] ?? 0) }
            let all = one.shares.reduce(0) { $0 + $1.value * (totals[$1.index] ?? 0) }
            return first.count > 1 ? same - (all - same) / Double(first.count - 1) : 0
        }
    }
}
