internal import PenstockCore

/// `<stem>.labels.txt` or `labels.txt` beside the model.
enum LabelsBesideModel {
    static func read(_ surroundings: ModelSurroundings) -> PartialContract {
        var partial = PartialContract()
        guard let path = surroundings.file("labels.txt", alsoWithStem: true) else { return partial }
        do throws(PenstockError) {
            partial.labels = .value(try Labels(contentsOf: path), from: path.name)
        } catch {
            partial.labels = .refused(error.message)
        }
        return partial
    }
}
