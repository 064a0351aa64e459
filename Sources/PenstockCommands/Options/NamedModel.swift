package import PenstockCore

/// A model that the command line names, and what its results are called.
package struct NamedModel: Hashable, Sendable {
    /// The name among several; empty for a model that is asked alone.
    package var name: String
    /// The model's file or folder.
    package var path: FilePath

    /// Names a model.
    package init(name: String = "", path: FilePath) {
        self.name = name
        self.path = path
    }
}

extension NamedModel {
    /// Reads every `--model`: `PATH`, or `NAME=PATH`. Of several, those without a name are called as their files are.
    ///
    /// A model that is asked alone needs no name, and has none: its results are what they are without one.
    static func all(_ arguments: ParsedArguments) throws(UsageError) -> [NamedModel] {
        var models: [NamedModel] = []
        for occurrence in arguments.occurrences where occurrence.name == "model" {
            guard let value = occurrence.value else { continue }
            models.append(try NamedModel(value))
        }
        if models.count == 1 { return [NamedModel(path: models[0].path)] }
        for place in models.indices where models[place].name.isEmpty { try models[place].takeName() }
        try checkNames(models)
        return models
    }

    /// Takes an argument apart. What exists is a path, whatever signs it holds.
    private init(_ argument: Argument) throws(UsageError) {
        let name = argument.bytes.prefix { $0 != UInt8(ascii: "=") }
        let hasName = name.count < argument.bytes.count && Self.isName(name) && !FileSystem.exists(argument.path)
        path = hasName ? FilePath(bytes: argument.bytes.dropFirst(name.count + 1)) : argument.path
        self.name = hasName ? String(decoding: name, as: UTF8.self) : ""
        if path.bytes.isEmpty {
            throw UsageError("--model \(argument.text.quoted) names no file; say --model NAME=PATH.")
        }
    }

    /// Takes the file's name without its ending.
    private mutating func takeName() throws(UsageError) {
        let file = path.lastComponent
        let stem = file.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > file.startIndex ? file[..<$0] : nil } ?? file
        guard Self.isName(stem) else {
            throw UsageError(
                "Of several models each has a name, and \(path.description.quoted) gives none that can be used: say --model "
                    + "NAME=PATH, with letters, digits, '-', '_' and '.'."
            )
        }
        name = String(decoding: stem, as: UTF8.self)
    }

    private static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        let isLetter = { (byte: UInt8) in
            let lowercase = byte | 0x20
            return UInt8(ascii: "a")...UInt8(ascii: "z") ~= lowercase || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }
        let hasLetter = bytes.contains(where: isLetter)
        return hasLetter && bytes.allSatisfy { isLetter($0) || "-_.".utf8.contains($0) }
    }

    private static func checkNames(_ models: [NamedModel]) throws(UsageError) {
        for (place, model) in models.enumerated() {
            guard let other = models[..<place].first(where: { $0.name == model.name }) else { continue }
            throw UsageError(
                "Two models would be called \(model.name.quoted), \(other.path.description.quoted) and "
                    + "\(model.path.description.quoted): say --model NAME=PATH, with a name of its own for each."
            )
        }
    }
}
