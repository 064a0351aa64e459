internal import PenstockCore

/// `penstock.json` beside the model: the contract in Penstock's own words.
///
/// It is written for this program, so it is read strictly: an unknown key or a value of the wrong kind is an error.
package struct PenstockFile {
    static let keys = [
        "size", "fit", "cropFraction", "cropRounding", "pad", "filter", "color", "scale", "mean", "deviation", "preset",
        "labels", "activation", "layout",
    ]

    let json: JSONValue
    let path: FilePath

    /// Reads the file, if there is one.
    static func read(_ surroundings: ModelSurroundings) throws(PenstockError) -> PartialContract {
        guard let (json, path) = try surroundings.object("penstock.json", alsoWithStem: true) else {
            return PartialContract()
        }
        return try PenstockFile(json: json, path: path).partial()
    }

    private func partial() throws(PenstockError) -> PartialContract {
        if let unknown = (json.object ?? [:]).keys.sorted().first(where: { !Self.keys.contains($0) }) {
            throw refusal("\(path): there is no key \"\(unknown)\"; there are \(Self.keys.joined(separator: ", ")).")
        }
        var partial = PartialContract()
        partial.size = try size().map { .value($0, from: origin("size")) }
        partial.fit = try fit().map { .value($0, from: origin("fit")) }
        partial.filter = try choice("filter").map { .value($0, from: origin("filter")) }
        partial.layout = try choice("layout").map { .value($0, from: origin("layout")) }
        partial.activation = try choice("activation").map { .value($0, from: origin("activation")) }
        partial.labels = try labels().map { .value($0, from: origin("labels")) }
        try addColors(to: &partial)
        return partial
    }

    /// Adds the channel order and the normalisation, both of which a preset settles.
    private func addColors(to partial: inout PartialContract) throws(PenstockError) {
        let preset: Preset? = try choice("preset")
        let color: ColorOrder? = try choice("color")
        partial.colorOrder = (color ?? preset?.colorOrder).map {
            .value($0, from: origin(color == nil ? "preset" : "color"))
        }
        let (scale, mean, deviation) = (try number("scale"), try numbers("mean"), try numbers("deviation"))
        if let preset {
            guard scale == nil, mean == nil, deviation == nil else {
                throw refusal("\(path): give a preset, or scale, mean and deviation; not both.")
            }
            let declared = DeclaredNormalization(normalization: preset.normalization, order: preset.colorOrder)
            partial.normalization = .value(declared, from: origin("preset"))
        } else {
            let names = (scale: "\"scale\"", mean: "\"mean\"", deviation: "\"deviation\"")
            let declared = try DeclaredNormalization(scale: scale, mean: mean, deviation: deviation, names: names)
            partial.normalization = declared.map { .value($0, from: origin("scale, mean, deviation")) }
        }
    }
}

extension PenstockFile {
    private func origin(_ key: String) -> String { "\(path.name): \(key)" }

    private func wrong(_ key: String, _ expected: String) -> PenstockError {
        refusal("\(path): \"\(key)\" should be \(expected).")
    }

    /// The value of a key; `null` counts as absent.
    private func value(_ key: String) -> JSONValue? {
        json[key].flatMap { $0.isNull ? nil : $0 }
    }

    private func number(_ key: String) throws(PenstockError) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.number else { throw wrong(key, "a number") }
        return number
    }

    private func numbers(_ key: String) throws(PenstockError) -> [Double]? {
        guard let value = value(key) else { return nil }
        guard let numbers = value.numbers ?? value.number.map({ [$0] }) else {
            throw wrong(key, "three numbers, or one")
        }
        return numbers
    }

    private func choice<Value: RawRepresentable & CaseIterable>(_ key: String) throws(PenstockError) -> Value?
    where Value.RawValue == String {
        guard let value = value(key) else { return nil }
        guard let choice = value.string.flatMap(Value.init(rawValue:)) else {
            throw wrong(key, "one of " + Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return choice
    }

    private func size() throws(PenstockError) -> ImageSize? {
        guard let value = value("size") else { return nil }
        let edges = value.integer.map { [$0] } ?? (value.array ?? []).map { $0.integer ?? 0 }
        guard edges.count == 1 || edges.count == 2, edges.allSatisfy({ (1...65_535).contains($0) }) else {
            throw wrong("size", "one edge, or [width, height]")
        }
        return ImageSize(width: edges[0], height: edges[edges.count - 1])
    }

    private func fit() throws(PenstockError) -> Fit? {
        let name = value("fit")?.string
        for (key, owner) in [("cropFraction", "cover"), ("cropRounding", "cover"), ("pad", "contain")] {
            guard value(key) == nil || name == owner else {
                throw refusal("\(path): \"\(key)\" goes with \"fit\": \"\(owner)\".")
            }
        }
        guard let value = value("fit") else { return nil }
        switch value.string {
        case "stretch": return .stretch
        case "cover": return .cover(cropFraction: try fraction(), rounding: try choice("cropRounding") ?? .down)
        case "contain": return .contain(pad: try pad())
        default: throw wrong("fit", "\"stretch\", \"cover\" or \"contain\"")
        }
    }

    private func fraction() throws(PenstockError) -> Double {
        let fraction = try number("cropFraction") ?? 1
        guard fraction > 0, fraction <= 1 else { throw wrong("cropFraction", "above 0 and up to 1") }
        return fraction
    }

    private func pad() throws(PenstockError) -> UInt8 {
        guard let pad = UInt8(exactly: try number("pad") ?? 0) else {
            throw wrong("pad", "a whole number from 0 to 255")
        }
        return pad
    }

    private func labels() throws(PenstockError) -> Labels? {
        guard let value = value("labels") else { return nil }
        if let names = value.strings, !names.isEmpty { return Labels(names) }
        guard let file = value.string else { throw wrong("labels", "the name of a file, or an array of names") }
        return try Labels(contentsOf: file.hasPrefix("/") ? FilePath(file) : path.parent.appending(file))
    }
}
