extension Diagnosis {
    /// Why an examination comes to no verdict.
    public enum Doubt: Hashable, Sendable {
        /// There were too few pictures to tell a difference from chance.
        case tooFewPictures(Int)
        /// The model puts out one value, which leaves nothing to compare.
        case oneClass
        /// Under no candidate does the model recognise what it sees.
        case recognizesNothing(best: Double)
        /// Under some candidates the model is surer of itself, and says the same: larger numbers in, larger numbers out.
        case onlySurer
        /// Pictures are named right no more often than by chance.
        case labelsDoNotFit(right: Int, of: Int)
        /// All candidates do as well.
        case noDifference
    }
}
