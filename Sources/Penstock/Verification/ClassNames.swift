package import PenstockCore

/// Finds the classes of a model that a reference names.
package struct ClassNames: Sendable {
    /// The number of classes.
    package let count: Int
    private let labels: Labels?
    /// The classes of each name: lists of labels hold some names twice.
    private let places: [String: [Int]]

    /// Gathers the names of a model's classes.
    package init(count: Int, labels: Labels?) {
        self.count = count
        self.labels = labels
        var places: [String: [Int]] = [:]
        for (place, name) in (labels?.names ?? []).enumerated() { places[name, default: []].append(place) }
        self.places = places
    }

    /// The classes that may be meant: one, or all of a name that several have.
    ///
    /// - Throws: When the model has no such class, with what it has.
    package func classes(meant named: Comparison.Score) throws(PenstockError) -> [Int] {
        if let index = named.classIndex {
            guard (0..<count).contains(index) else {
                throw refusal("class \(index)", "its classes are 0 to \(count - 1).")
            }
            return [index]
        }
        guard let label = named.label else { throw refusal("a class without number or name", "each needs one.") }
        guard let labels else {
            throw refusal("'\(label)' without a number", "its classes have no names here; give them with --labels.")
        }
        guard let found = places[label] else {
            throw refusal("'\(label)'", "no class is called that.\(NearestName.hint(label, among: labels.names))")
        }
        return found
    }

    /// Whether a class has another name here than the reference gives it.
    func contradicts(_ named: Comparison.Score) -> Bool {
        guard let index = named.classIndex, let theirs = named.label, let ours = labels?[index] else { return false }
        return theirs != ours
    }

    /// The name of a class.
    func label(_ index: Int) -> String? { labels?[index] }

    private func refusal(_ what: String, _ why: String) -> PenstockError {
        PenstockError(
            .invalidConfiguration,
            at: .configure,
            "The reference names \(what), and the model has no such class: \(why)"
        )
    }
}
