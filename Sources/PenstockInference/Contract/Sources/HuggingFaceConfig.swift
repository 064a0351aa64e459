internal import PenstockCore

/// Hugging Face's `config.json`: the labels, and whether several of them may be right.
enum HuggingFaceConfig {
    /// What the file declares.
    ///
    /// That only one label is right says nothing about whether the exported model has the softmax inside, so only
    /// `multi_label_classification` declares an activation.
    static func partial(_ json: JSONValue, file: String) -> PartialContract {
        var partial = PartialContract()
        if let labels = json["id2label"], !labels.isNull {
            partial.labels = self.labels(labels, file)
        }
        if json["problem_type"]?.string == "multi_label_classification" {
            partial.activation = .value(.sigmoid, from: "\(file): problem_type")
        }
        return partial
    }

    private static func labels(_ json: JSONValue, _ file: String) -> Declaration<Labels> {
        do throws(PenstockError) {
            return .value(try Labels(json: json, name: "\(file): id2label"), from: "\(file): id2label")
        } catch {
            return .refused(error.message)
        }
    }
}
