internal import Penstock
internal import PenstockCore

/// Writes a JSON object a line for each picture that differs or has nothing to be compared with.
final class DifferenceLines {
    private let file: EventFile
    private let sink: LineSink

    /// Begins a file.
    init(_ path: FilePath) throws(PenstockError) {
        file = try EventFile(path, of: "--output")
        sink = try LineSink(DescriptorSink(borrowing: file.descriptor, named: path.description))
    }

    /// Writes what was found of an item, unless it is the same.
    func write(_ item: ClassifiedPicture, _ finding: VerifyFindings.Finding, _ tolerance: Double) async throws {
        guard let members = Self.members(finding, tolerance) else { return }
        var line: [UInt8] = Array("{".utf8)
        line.appendPath("source", item.source)
        if let moment = item.moment { line.appendMembers(of: moment) }
        for member in members {
            line += ",\"\(member.name)\":".utf8
            member.value.append(to: &line)
        }
        line += "}\n".utf8
        try await sink.write(line)
    }

    /// Waits until everything is written and gives the file its name.
    func finish() async throws {
        try await sink.finish()
        try file.complete()
    }

    /// Waits until everything is written and leaves it under the name of an unfinished file.
    func abandon() async {
        // The job's own failure is the one to report.
        try? await sink.finish()
        file.abandon()
    }

    private static func members(_ finding: VerifyFindings.Finding, _ tolerance: Double) -> [JSONMember]? {
        switch finding {
        case .missing: [JSONMember("missing", .text("reference"))]
        case .compared(let difference): difference?.exceeds(tolerance) == true ? difference?.members : nil
        case .failed(let failure): failure.members
        }
    }
}

extension Comparison.Item {
    /// The difference as reports hold it.
    var members: [JSONMember] {
        [
            JSONMember("agreement", .text("\(agreement)")),
            JSONMember("here", here.json),
            JSONMember("reference", there.json),
        ] + (largest.map { [JSONMember("largest", $0.json)] } ?? [])
    }
}

extension Comparison.Score {
    fileprivate var json: OrderedJSON {
        .object(
            [JSONMember("class", classIndex.map { .integer($0) } ?? .null)]
                + (label.map { [JSONMember("label", .text($0))] } ?? [])
                + (score.map { [JSONMember("score", .shortNumber($0))] } ?? [])
        )
    }
}

extension Comparison.Item.Gap {
    var json: OrderedJSON {
        .object(
            [JSONMember("class", .integer(classIndex))] + (label.map { [JSONMember("label", .text($0))] } ?? [])
                + [
                    JSONMember("here", .shortNumber(here)), JSONMember("reference", .shortNumber(there)),
                    JSONMember("difference", .shortNumber(size)),
                ]
        )
    }
}
