public import PenstockCore
internal import PenstockInference

extension Diagnosis {
    /// A way to prepare pictures that a model may have been trained with.
    public struct Candidate: Hashable, Sendable {
        /// How pictures are prepared.
        public let preprocessing: Preprocessing
        /// Whether it is what the flags or the model's files say.
        public let isDeclared: Bool

        /// Makes a candidate.
        init(_ preprocessing: Preprocessing, isDeclared: Bool = false) {
            self.preprocessing = preprocessing
            self.isDeclared = isDeclared
        }
    }
}

extension Diagnosis.Candidate {
    /// The normalisation's name: a preset's, `0…1`, `bytes` where the model takes pixels as they are, `declared`,
    /// or else its values, such as `pixel − [1, 2, 3]`.
    public var normalizationName: String {
        if preprocessing.elementType == .uint8 { return "bytes" }
        if let preset = Preset.naming(preprocessing.normalization, in: preprocessing.colorOrder) {
            return preset.rawValue
        }
        if preprocessing.normalization == .unit { return "0…1" }
        return isDeclared ? "declared" : preprocessing.normalization.summary
    }
}

extension Diagnosis.Candidate {
    /// Whether it has another's normalisation and colour order, whatever its fit and its filter.
    func isAlike(_ other: Diagnosis.Candidate) -> Bool {
        preprocessing.normalization == other.preprocessing.normalization
            && preprocessing.colorOrder == other.preprocessing.colorOrder
    }
}

extension Diagnosis.Candidate {
    /// The fit as the command line takes it, such as `cover:0.875`.
    public var fitName: String { preprocessing.fit.flag }
}

extension Diagnosis.Candidate: CustomStringConvertible {
    /// Everything that distinguishes it from the others, such as `inception, rgb, stretch`.
    public var description: String {
        let filter = preprocessing.filter == .bilinear ? [] : [preprocessing.filter.rawValue]
        return ([normalizationName, preprocessing.colorOrder.rawValue, fitName] + filter)
            .joined(separator: ", ")
    }

    /// The options of the command line that ask for it, such as `--preset inception --color rgb --fit stretch`; `nil`
    /// where only a file can say it, as of margins that are rounded half to even.
    public var flags: String? {
        if case .cover(_, let rounding) = preprocessing.fit, rounding != .down { return nil }
        return
            (normalizationFlags + [
                "--color \(preprocessing.colorOrder.rawValue)", "--fit \(fitName)",
                "--resample \(preprocessing.filter.rawValue)",
            ]).joined(separator: " ")
    }

    private var normalizationFlags: [String] {
        if preprocessing.elementType == .uint8 { return [] }
        let normalization = preprocessing.normalization
        if let preset = Preset.naming(normalization, in: preprocessing.colorOrder) {
            return ["--preset \(preset.rawValue)"]
        }
        if normalization == .unit { return ["--scale 1/255"] }
        return [
            "--scale \(normalization.scale)", "--mean \(list(normalization.mean))",
            "--std \(list(normalization.deviation))",
        ]
    }

    private func list(_ values: [Double]) -> String { values.map(\.description).joined(separator: ",") }
}

extension Normalization {
    /// Pixels brought to 0…1, and no more.
    static let unit = Normalization(scale: 1.0 / 255)
}

extension Fit {
    /// The fit as the command line takes it.
    var flag: String {
        switch self {
        case .stretch: "stretch"
        case .cover(let fraction, _): fraction == 1 ? "cover" : "cover:\(fraction)"
        case .contain(let pad): pad == 0 ? "contain" : "contain:\(pad)"
        }
    }
}
