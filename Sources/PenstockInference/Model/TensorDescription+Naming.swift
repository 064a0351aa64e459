internal import PenstockCore

extension [TensorDescription] {
    /// The place of the tensor of a name that the user gave.
    ///
    /// - Throws: When there is none of that name, with the names that there are.
    @discardableResult
    func require(_ name: String, _ kind: String, option: String) throws(PenstockError) -> Int {
        if let index = firstIndex(where: { $0.name == name }) { return index }
        let names = map(\.name)
        throw refusal(
            "The model has no \(kind) named \(name), which \(option) asks for; it has \(names.joined(separator: ", "))."
                + NearestName.hint(name, among: names)
        )
    }
}
