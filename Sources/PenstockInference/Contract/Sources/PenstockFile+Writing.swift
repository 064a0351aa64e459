package import PenstockCore

extension PenstockFile {
    /// The file that declares a model's contract in Penstock's own words, or would if it existed.
    ///
    /// A model with others beside it has a file of its own name, so that nothing is said of those.
    package static func place(beside model: ModelFile) -> FilePath {
        let surroundings = ModelSurroundings(model)
        if let found = surroundings.file(name, alsoWithStem: true) { return found }
        guard let stem = surroundings.stem, model.hasOthersBeside else { return model.folder.appending(name) }
        return model.folder.appending("\(stem).\(name)")
    }

    private static let name = "penstock.json"

    /// Writes how pictures are prepared into the file at a path, whole or not at all.
    ///
    /// Size, labels, activation and layout that the file holds already stay as they are.
    ///
    /// - Parameter replacing: Whether a file that exists may be changed.
    package static func write(
        _ preprocessing: Preprocessing,
        to path: FilePath,
        replacing: Bool
    ) throws(PenstockError) {
        guard replacing || !FileSystem.exists(path) else {
            throw refusal(
                "\(path) exists already. Say --force to change what it says of preprocessing; the rest of it stays."
            )
        }
        let takesBytes = preprocessing.elementType == .uint8
        var members = try existing(path).filter { key, value in
            !value.isNull && (kept.contains(key) || takesBytes && normalizing.contains(key))
        }
        for (key, value) in preprocessing.declared { members[key] = value }
        try AtomicFile.write(text(of: members), to: path)
    }

    /// What has nothing to do with how pictures are prepared, or is settled by the model.
    private static let kept = ["size", "labels", "activation", "layout"]

    /// What a model that takes bytes does inside; the file may serve its floating-point form as well.
    private static let normalizing = ["scale", "mean", "deviation", "preset"]

    private static func existing(_ path: FilePath) throws(PenstockError) -> [String: JSONValue] {
        guard FileSystem.exists(path) else { return [:] }
        let json = try JSONParser.parse(try SmallFile.bytes(path), name: path.description)
        guard let members = json.object else { throw refusal("\(path) holds no JSON object.") }
        return members
    }

    /// A member a line, in the order of the documentation.
    private static func text(of members: [String: JSONValue]) -> [UInt8] {
        var text = Array("{".utf8)
        for key in keys {
            guard let value = members[key] else { continue }
            text += (text.count == 1 ? "\n  " : ",\n  ").utf8
            text.appendJSON(key)
            text += ": ".utf8
            value.append(to: &text)
        }
        return text + "\n}\n".utf8
    }
}

extension Preprocessing {
    /// The members of a `penstock.json` that say this.
    fileprivate var declared: [(String, JSONValue)] {
        let named = Preset.naming(normalization, in: colorOrder)
        let normalized: [(String, JSONValue)] =
            named.map { [("preset", .string($0.rawValue))] } ?? [
                ("scale", .number(normalization.scale)),
                ("mean", .array(normalization.mean.map { .number($0) })),
                ("deviation", .array(normalization.deviation.map { .number($0) })),
            ]
        let rest = [("filter", JSONValue.string(filter.rawValue)), ("color", .string(colorOrder.rawValue))]
        // What takes bytes is fed them as they are, whatever is declared.
        return fit.declared + rest + (elementType == .uint8 ? [] : normalized)
    }
}

extension Preset {
    /// The preset that gives this normalisation in a channel order.
    package static func naming(_ normalization: Normalization, in order: ColorOrder) -> Preset? {
        allCases.first { preset in
            let own = preset.normalization
            return normalization == (order == preset.colorOrder ? own : own.reversed)
        }
    }
}

extension Fit {
    fileprivate var declared: [(String, JSONValue)] {
        switch self {
        case .stretch: [("fit", .string("stretch"))]
        case .cover(let fraction, let rounding):
            [
                ("fit", .string("cover")), ("cropFraction", .number(fraction)),
                ("cropRounding", .string(rounding.rawValue)),
            ]
        case .contain(let pad): [("fit", .string("contain")), ("pad", .number(Double(pad)))]
        }
    }
}

extension JSONValue {
    fileprivate func append(to text: inout [UInt8]) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text.appendJSON(value)
        case .number(let number): append(number, to: &text)
        case .string(let string): text.appendJSON(string)
        case .array(let elements): Self.append(elements.map { (nil, $0) }, "[", "]", to: &text)
        case .object(let members):
            Self.append(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, "{", "}", to: &text)
        }
    }

    /// A whole number is written as one.
    private func append(_ number: Double, to text: inout [UInt8]) {
        if let whole = Int(exactly: number) { text.appendJSON(whole) } else { text.appendJSON(number) }
    }

    private static func append(
        _ elements: [(String?, JSONValue)],
        _ opening: String,
        _ closing: String,
        to text: inout [UInt8]
    ) {
        text += opening.utf8
        for (place, (key, value)) in elements.enumerated() {
            if place > 0 { text += ", ".utf8 }
            if let key {
                text.appendJSON(key)
                text += ": ".utf8
            }
            value.append(to: &text)
        }
        text += closing.utf8
    }
}
