internal import PenstockCore

/// `config.json`, which Hugging Face and timm both use, and many other tools for purposes of their own.
struct ConfigFile {
    let json: JSONValue
    let file: String

    /// Reads the file, if there is one that holds JSON; what others keep under the name is not for this program to mind.
    init?(_ surroundings: ModelSurroundings) {
        guard let path = surroundings.file("config.json"),
            let bytes = try? SmallFile.bytes(path),
            let json = try? JSONParser.parse(bytes, name: path.description), json.object != nil
        else { return nil }
        self.json = json
        file = path.name
    }

    /// What Hugging Face's keys declare.
    var huggingFace: PartialContract { HuggingFaceConfig.partial(json, file: file) }

    /// What timm's keys declare.
    func timm(shape: ImageSize?) -> PartialContract {
        var partial = TimmConfig(config: json, file: file, shape: shape)?.partial() ?? PartialContract()
        partial.labels = TimmConfig.labels(config: json, file: file)
        return partial
    }
}
