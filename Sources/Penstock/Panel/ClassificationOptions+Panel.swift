internal import PenstockCore

extension ClassificationJob.Options {
    /// Makes sure that everything asked for makes sense with as many models as there are.
    func check(_ panel: Panel) throws(PenstockError) {
        guard panel.members.count > 1, looksOverTime else { return }
        throw PenstockError(
            .invalidConfiguration,
            at: .configure,
            "\(smoothing == nil ? "Events are" : "Smoothing is") about the scores of one model, and this panel has "
                + "\(panel.members.count): classify with one model at a time, or leave it out."
        )
    }
}
