internal import Penstock

extension JobRecord {
    /// What the scores depend on: the part of the record that is about the model.
    var identity: RunIdentity {
        RunIdentity(
            model: value("model"),
            contract: value("contract"),
            engine: value("engine"),
            precision: value("precision")
        )
    }

    private func value(_ name: String) -> String {
        fields.first { $0.name == name }?.value ?? ""
    }

    /// The identity as a summary holds it, with a digest of everything that the results depend on.
    var identityMember: JSONMember { JSONMember("identity", .object(identity.members + [jobMember])) }

    /// The digest of everything that the results depend on.
    var jobMember: JSONMember { JSONMember("job", .text(digest)) }
}

extension RunIdentity {
    /// The identity as reports hold it.
    var members: [JSONMember] {
        [JSONMember("digest", .text(digest))] + Part.allCases.map { JSONMember($0.rawValue, .text(self[$0])) }
    }
}
