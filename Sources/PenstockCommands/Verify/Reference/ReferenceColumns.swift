internal import Penstock
internal import PenstockCore

/// Reads records of comma-separated values by the names in their first line: those that `classify --format csv`
/// writes, or `source` with `class`, `label` and `score`.
struct ReferenceColumns {
    private let places: [String: Int]
    /// The columns of each class, best first.
    private let classes: [(index: Int?, label: Int?, score: Int?)]
    private let count: Int
    /// The model of several whose rows are wanted.
    private let model: String?

    /// Reads the line of names.
    ///
    /// - Parameter model: The model of several whose rows are wanted.
    init(header: [UInt8], model: String?) throws(ReferenceFault) {
        let bytes = header.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(header[3...]) : header
        guard let fields = CSVLine.fields(bytes) else { throw ReferenceFault("its quotation marks do not match") }
        let names = fields.map { String(decoding: $0, as: UTF8.self) }
        let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        guard places["source"] != nil else { throw ReferenceFault("no column is called source") }
        let single = (index: places["class"], label: places["label"], score: places["score"])
        let numbered = (1...max(1, names.count)).prefix { places["class_\($0)"] != nil || places["label_\($0)"] != nil }
            .map { (index: places["class_\($0)"], label: places["label_\($0)"], score: places["score_\($0)"]) }
        classes = numbered.isEmpty ? [single] : numbered
        guard classes.contains(where: { $0.index != nil || $0.label != nil }) else {
            throw ReferenceFault("no column is called class, label, class_1 or label_1")
        }
        guard (places["model"] == nil) == (model == nil) else {
            throw ReferenceFault(
                model == nil
                    ? "it has rows for each of several models; name one with --reference-model."
                    : "no column is called model, which --reference-model needs.",
                isOfForm: false
            )
        }
        self.places = places
        self.model = model
        count = names.count
    }

    /// What a record says; `nil` where it is about no item, or about another model's answer.
    ///
    /// Of several models, an item that none of them saw has one row, which names none.
    func item(_ line: [UInt8], _ models: inout ModelsSeen) throws(ReferenceFault) -> ReferenceItem? {
        guard let fields = CSVLine.fields(line), fields.count == count else {
            throw ReferenceFault("it has not the \(count) fields that the first line names")
        }
        let row = Row(fields: fields)
        if row.text(places["event"]) != nil { return nil }
        if let other = row.text(places["model"]) {
            models.add(other)
            if other != model { return nil }
        }
        guard let source = fields[places["source"] ?? 0] as [UInt8]?, !source.isEmpty else {
            throw ReferenceFault("its source is empty")
        }
        let bytes = places["source_base64"].flatMap { fields[$0].isEmpty ? nil : PathBase64.decode(fields[$0]) }
        return ReferenceItem(
            source: FilePath(bytes: bytes ?? source),
            frame: try row.integer(places["frame"], "frame"),
            answer: try answer(row)
        )
    }

    /// What is wrong where the model that is wanted had no row among all.
    func fault(_ seen: ModelsSeen) -> ReferenceFault? {
        guard let model, !seen.names.isEmpty, !seen.names.contains(model) else { return nil }
        return ReferenceFault(
            "it has no row of '\(model)', which --reference-model names, but of \(seen.names.joined(separator: ", ")).",
            isOfForm: false
        )
    }

    private func answer(_ row: Row) throws(ReferenceFault) -> Comparison.Answer {
        if let message = row.text(places["error"]) ?? row.text(places["error_stage"]) { return .failed(message) }
        var named: [Comparison.Score] = []
        for columns in classes {
            let index = try row.integer(columns.index, "class")
            let label = row.text(columns.label)
            guard index != nil || label != nil else { continue }
            named.append(
                Comparison.Score(classIndex: index, label: label, score: try row.number(columns.score, "score"))
            )
        }
        return .classified(named)
    }
}

/// The models that the rows of a reference name, as many as anybody has.
struct ModelsSeen {
    private(set) var names: [String] = []

    mutating func add(_ name: String) {
        if names.last != name, names.count < 100, !names.contains(name) { names.append(name) }
    }
}

/// The fields of a record.
private struct Row {
    let fields: [[UInt8]]

    /// The text of a column; `nil` where there is none.
    func text(_ place: Int?) -> String? {
        guard let place, !fields[place].isEmpty else { return nil }
        return String(decoding: fields[place], as: UTF8.self)
    }

    func integer(_ place: Int?, _ name: String) throws(ReferenceFault) -> Int? {
        guard let text = text(place) else { return nil }
        guard let value = Int(text) else { throw ReferenceFault("its \(name) is no whole number: '\(text)'") }
        return value
    }

    func number(_ place: Int?, _ name: String) throws(ReferenceFault) -> Double? {
        guard let text = text(place) else { return nil }
        guard let value = Double(text), value.isFinite else {
            throw ReferenceFault("its \(name) is no number: '\(text)'")
        }
        return value
    }
}
