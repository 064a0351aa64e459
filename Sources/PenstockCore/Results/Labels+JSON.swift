extension Labels {
    /// Reads labels from JSON: an array of names, an `id2label` object (`{"0": "tench", …}`), or an object with such a
    /// member.
    ///
    /// In place of a name there may be an array that ends in it, as in Keras' `imagenet_class_index.json`.
    package init(json: JSONValue, name: String) throws(PenstockError) {
        if let array = json.array {
            self.init(try Self.names(array, name))
        } else if let members = (json["id2label"] ?? json).object, !members.isEmpty {
            self.init(try Self.names(Self.inOrder(members, name), name))
        } else {
            throw Self.failure(name, "it should be an array of names, or an object from \"0\" on")
        }
    }

    private static func names(_ values: [JSONValue], _ name: String) throws(PenstockError) -> [String] {
        var names: [String] = []
        for (index, value) in values.enumerated() {
            guard let text = value.string ?? value.array?.last?.string else {
                throw failure(name, "class \(index) is not text")
            }
            names.append(text)
        }
        guard !names.isEmpty else { throw failure(name, "it is empty") }
        return names
    }

    private static func inOrder(_ members: [String: JSONValue], _ name: String) throws(PenstockError) -> [JSONValue] {
        var values = [JSONValue?](repeating: nil, count: members.count)
        for (key, value) in members {
            guard let index = Int(key), values.indices.contains(index) else {
                throw failure(name, "\"\(key)\" is not a class from 0 to \(members.count - 1)")
            }
            values[index] = value
        }
        guard !values.contains(nil) else { throw failure(name, "two keys mean the same class") }
        return values.compactMap { $0 }
    }

    private static func failure(_ name: String, _ reason: String) -> PenstockError {
        PenstockError(.corrupt, at: .configure, "\(name) does not hold labels: \(reason).")
    }
}
