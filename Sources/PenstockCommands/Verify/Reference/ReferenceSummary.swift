internal import Penstock
internal import PenstockCore

/// What the summary of a reference run says the reference was made with.
struct ReferenceSummary: Hashable, Sendable {
    /// The summary's file.
    let path: FilePath
    /// What the scores depended on.
    let identity: RunIdentity

    /// Reads the summary that is named, or one beside the reference; `nil` where there is none there.
    ///
    /// - Parameter model: The model of several whose answers are compared.
    /// - Returns: Also what a user should be told of those that could not be read.
    /// - Throws: When a summary that is named holds no identity.
    static func find(
        _ named: FilePath?,
        of reference: FilePath,
        model: String?
    ) throws(PenstockError) -> (summary: Self?, notes: [String]) {
        if let named { return (try read(named, model), []) }
        var notes: [String] = []
        for place in places(beside: reference) where FileSystem.exists(place.path) {
            do throws(PenstockError) {
                let summary = try object(place.path)
                guard isOf(reference, summary, place), let identity = identity(summary, model) else { continue }
                return (ReferenceSummary(path: place.path, identity: identity), notes)
            } catch {
                notes.append("What lies beside the reference as its summary was left aside. \(error.message)")
            }
        }
        return (nil, notes)
    }

    private static func read(_ path: FilePath, _ model: String?) throws(PenstockError) -> ReferenceSummary {
        if let identity = identity(try object(path), model) { return ReferenceSummary(path: path, identity: identity) }
        throw PenstockError(
            .corrupt,
            at: .configure,
            "\(path) has no \"identity\"\(model.map { " of '\($0)'" } ?? ""): it is not what `penstock classify "
                + "--summary` writes. Leave --reference-summary out to compare without it."
        )
    }

    /// `results.summary.json` and `summary.json` beside `results.jsonl`.
    private static func places(beside reference: FilePath) -> [(path: FilePath, isItsOwn: Bool)] {
        let folder = reference.parent
        let name = reference.lastComponent
        let stem = name.lastIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name
        return [
            (folder.appending(stem + Array(".summary.json".utf8)), true),
            (folder.appending(name + Array(".summary.json".utf8)), true),
            (folder.appending("summary.json"), false),
        ]
    }

    private static func object(_ path: FilePath) throws(PenstockError) -> JSONValue {
        try JSONParser.parse(try SmallFile.bytes(path, limit: 1 << 20), name: path.description)
    }

    /// A summary names the file that its results went to; of those printed, its own name has to say it.
    private static func isOf(
        _ reference: FilePath,
        _ summary: JSONValue,
        _ place: (path: FilePath, isItsOwn: Bool)
    ) -> Bool {
        guard let output = summary["output"]?.string else { return place.isItsOwn }
        return FilePath(output).lastComponent.elementsEqual(reference.lastComponent)
    }

    private static func identity(_ summary: JSONValue, _ model: String?) -> RunIdentity? {
        let own = summary["models"]?.array?.first { $0["name"]?.string == model } ?? summary
        guard let identity = own["identity"], let file = identity["model"]?.string,
            let contract = identity["contract"]?.string, let engine = identity["engine"]?.string,
            let precision = identity["precision"]?.string
        else { return nil }
        return RunIdentity(model: file, contract: contract, engine: engine, precision: precision)
    }
}
