internal import Penstock

extension JobRecord {
    /// The digest of everything that the results depend on.
    var jobMember: JSONMember { JSONMember("job", .text(digest)) }
}

extension RunIdentity {
    /// The identity as reports hold it.
    var members: [JSONMember] {
        [JSONMember("digest", .text(digest))] + Part.allCases.map { JSONMember($0.rawValue, .text(self[$0])) }
    }
}
