internal import Penstock
internal import PenstockCore

/// Reads a record that is a JSON object.
struct ReferenceObject {
    /// The model of several whose answers are wanted.
    let model: String?

    /// What a record says; `nil` where it is about no item, such as a break of a live stream.
    func item(_ bytes: [UInt8]) throws(ReferenceFault) -> ReferenceItem? {
        let object = try parse(bytes)
        guard let source = object["source"]?.string else { throw ReferenceFault("it has no \"source\"") }
        if object["event"] != nil, object["top"] == nil { return nil }
        let answer = try answer(object)
        return ReferenceItem(
            source: object["sourceBase64"]?.string.flatMap { PathBase64.decode($0.utf8) }.map { FilePath(bytes: $0) }
                ?? FilePath(source),
            frame: object["frame"]?.integer,
            answer: answer.meant,
            listed: answer.listed
        )
    }

    private func parse(_ bytes: [UInt8]) throws(ReferenceFault) -> JSONValue {
        do throws(PenstockError) {
            return try JSONParser.parse(bytes, name: "it")
        } catch {
            throw ReferenceFault(String(error.message.dropLast()))
        }
    }

    private func answer(_ object: JSONValue) throws(ReferenceFault) -> (meant: Comparison.Answer, listed: Int?) {
        guard let models = object["models"]?.object else {
            if let failure = Self.failure(object) { return (failure, nil) }
            if let model {
                throw ReferenceFault(
                    "it has no \"models\"; leave --reference-model '\(model)' out where there was only one.",
                    isOfForm: false
                )
            }
            return try Self.classified(object)
        }
        let answer = try wanted(models)
        if let failure = Self.failure(answer) { return (failure, nil) }
        return try Self.classified(answer)
    }

    private static func classified(
        _ object: JSONValue
    ) throws(ReferenceFault) -> (meant: Comparison.Answer, listed: Int?) {
        let listed = object["top"] == nil ? object["scores"]?.numbers?.count : nil
        return (.classified(try classes(object)), listed)
    }

    private static func failure(_ object: JSONValue) -> Comparison.Answer? {
        guard let error = object["error"], !error.isNull else { return nil }
        return .failed(message(error))
    }

    private func wanted(_ models: [String: JSONValue]) throws(ReferenceFault) -> JSONValue {
        let names = models.keys.sorted().joined(separator: ", ")
        guard let model else {
            if models.count == 1, let only = models.values.first { return only }
            throw ReferenceFault(
                "it has the answers of several models (\(names)); name one with --reference-model.",
                isOfForm: false
            )
        }
        guard let answer = models[model] else {
            throw ReferenceFault(
                "it has no answer of '\(model)', which --reference-model names, but of \(names).",
                isOfForm: false
            )
        }
        return answer
    }

    private static func message(_ error: JSONValue) -> String {
        error["message"]?.string ?? error.string ?? "it failed"
    }
}

// MARK: - Classes

extension ReferenceObject {
    private static func classes(_ object: JSONValue) throws(ReferenceFault) -> [Comparison.Score] {
        if let top = object["top"] { return try list(top, "top") }
        if let scores = object["scores"] { return try scoresOfAll(scores) }
        guard object["class"] != nil || object["label"] != nil else { throw ReferenceFault("it names no class") }
        return [try named(object)]
    }

    private static func list(_ value: JSONValue, _ name: String) throws(ReferenceFault) -> [Comparison.Score] {
        guard let elements = value.array else { throw ReferenceFault("its \"\(name)\" is no list") }
        var classes: [Comparison.Score] = []
        for element in elements { classes.append(try named(element)) }
        return classes
    }

    /// A score for each class, in their order or under their names.
    private static func scoresOfAll(_ value: JSONValue) throws(ReferenceFault) -> [Comparison.Score] {
        if let numbers = value.numbers {
            return numbers.enumerated().map { Comparison.Score(classIndex: $0.offset, score: $0.element) }
        }
        guard let members = value.object else { throw ReferenceFault("its \"scores\" is no list of numbers") }
        var classes: [Comparison.Score] = []
        for (label, score) in members.sorted(by: { $0.key < $1.key }) {
            guard let score = score.number else { throw ReferenceFault("the score of '\(label)' is no number") }
            classes.append(Comparison.Score(label: label, score: score))
        }
        return classes
    }

    /// A class by number, by name or both. A name may also stand where a number is expected.
    private static func named(_ value: JSONValue) throws(ReferenceFault) -> Comparison.Score {
        let label = value["label"]?.string ?? value["class"]?.string
        let index = value["class"]?.integer
        guard label != nil || index != nil else {
            throw ReferenceFault("a class has neither a whole \"class\" nor a \"label\"")
        }
        guard let score = value["score"], !score.isNull else {
            return Comparison.Score(classIndex: index, label: label)
        }
        guard let number = score.number else { throw ReferenceFault("a \"score\" is no number") }
        return Comparison.Score(classIndex: index, label: label, score: number)
    }
}
