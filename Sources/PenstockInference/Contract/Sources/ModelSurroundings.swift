internal import PenstockCore

/// Where the files that belong to a model are looked for.
struct ModelSurroundings: Sendable {
    /// The folders, nearest first.
    let folders: [FilePath]
    /// The model file's name without its extension; `nil` for a folder.
    let stem: String?

    /// Names the places for a model.
    ///
    /// A model in a folder called `onnx` also belongs to the folder above: model hubs keep the descriptions there.
    init(_ model: ModelFile) {
        let folder = model.folder
        let above = folder.lastComponent.elementsEqual("onnx".utf8) ? [folder.parent] : []
        folders = [folder] + above
        let name = String(decoding: model.path.lastComponent, as: UTF8.self)
        stem = FileSystem.isDirectory(model.path) ? nil : name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// The first file that exists: under the model's own name first, then under the common one.
    ///
    /// - Parameter name: The common name, `labels.txt`; the model's own is `<stem>.labels.txt`.
    func file(_ name: String, alsoWithStem: Bool = false) -> FilePath? {
        let names = (alsoWithStem ? stem.map { ["\($0).\(name)"] } ?? [] : []) + [name]
        for folder in folders {
            for name in names where FileSystem.exists(folder.appending(name)) { return folder.appending(name) }
        }
        return nil
    }

    /// The JSON object in the first file of that name; `nil` when there is no such file.
    func object(_ name: String, alsoWithStem: Bool = false) throws(PenstockError) -> (json: JSONValue, path: FilePath)?
    {
        guard let path = file(name, alsoWithStem: alsoWithStem) else { return nil }
        let json = try JSONParser.parse(try SmallFile.bytes(path), name: path.description)
        guard json.object != nil else { throw refusal("\(path) holds no JSON object.") }
        return (json, path)
    }
}

extension FilePath {
    /// The last component as text, for origins.
    var name: String { String(decoding: lastComponent, as: UTF8.self) }
}
