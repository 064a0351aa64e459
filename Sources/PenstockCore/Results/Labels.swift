/// The names of a model's classes, in the order of its output.
public struct Labels: Hashable, Sendable {
    /// The names.
    public let names: [String]

    /// Makes labels from names.
    public init(_ names: [String]) {
        self.names = names
    }

    /// The number of classes.
    public var count: Int { names.count }

    /// The name of a class; `nil` where there is none.
    public subscript(classIndex: Int) -> String? {
        names.indices.contains(classIndex) ? names[classIndex] : nil
    }
}

extension Labels {
    /// Reads labels from a file: JSON where the name ends in `.json`, else text, one name a line.
    package init(contentsOf path: FilePath) throws(PenstockError) {
        let bytes = try SmallFile.bytes(path)
        if path.lowercasedExtension == "json" {
            try self.init(json: JSONParser.parse(bytes, name: path.description), name: path.description)
        } else {
            try self.init(text: bytes, name: path.description)
        }
    }
}
