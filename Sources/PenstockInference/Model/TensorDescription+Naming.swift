internal import PenstockCore

extension [TensorDescription] {
    /// The place of the tensor of a name; where there is none, of the first output of a TensorFlow node of that name.
    package func index(named name: String) -> Int? {
        firstIndex { $0.name == name } ?? firstIndex { $0.name == name + ":0" }
    }

    /// The place of the tensor of a name that the user gave.
    ///
    /// - Throws: When there is none of that name, with the names that there are.
    @discardableResult
    func require(_ name: String, _ kind: String, option: String) throws(PenstockError) -> Int {
        if let index = index(named: name) { return index }
        let names = map(\.name)
        throw refusal(
            "The model has no \(kind) named \(name), which \(option) asks for; it has \(names.joined(separator: ", "))."
                + NearestName.hint(name, among: names)
        )
    }
}
