internal import PenstockCore
internal import PenstockInference

extension Diagnosis.Candidate {
    /// Every normalisation in both colour orders, under the fit and the filter that hold today.
    ///
    /// The first are the likeliest before anything is known: what is declared, then red first and the usual presets.
    static func normalizations(_ contract: Contract, filed: Contract?) -> [Diagnosis.Candidate] {
        let today = contract.preprocessing
        let declared = [contract.declared, filed?.declared].compactMap(\.self)
        var preprocessings = declared
        for isReversed in [false, true] {
            for (normalization, order) in (declared.map { ($0.normalization, $0.colorOrder) } + usual) {
                var other = today
                other.colorOrder = isReversed ? order.opposite : order
                other.normalization = isReversed ? normalization.reversed : normalization
                // What takes bytes is fed them as they are.
                if today.elementType == .uint8 { other.normalization = .none }
                preprocessings.append(other)
            }
        }
        return unique(preprocessings, declared: contract.declared)
    }

    /// The preprocessing of a candidate under every fit and filter, itself first.
    static func fits(of chosen: Diagnosis.Candidate, _ contract: Contract, filed: Contract?) -> [Diagnosis.Candidate] {
        let fits: [Fit] = [.stretch, .cover(), .cover(cropFraction: 0.875), .contain()]
        let filed = filed.map { [$0.preprocessing.fit] } ?? []
        let others = (filed + fits).map { chosen.preprocessing.with($0) }
        var plain = chosen.preprocessing
        plain.filter = .bilinear
        return unique([chosen.preprocessing] + others + [plain], declared: contract.declared)
    }

    /// The usual normalisations, the commonest first; a caffe model that was fed red first is among the reversed ones.
    private static let usual: [(Normalization, ColorOrder)] =
        [Preset.inception, .imagenet].map { ($0.normalization, $0.colorOrder) } + [(.unit, .rgb)]
        + [Preset.caffe, .raw].map { ($0.normalization, $0.colorOrder) }

    private static func unique(_ preprocessings: [Preprocessing], declared: Preprocessing?) -> [Diagnosis.Candidate] {
        var seen: Set<Preprocessing> = []
        return preprocessings.filter { seen.insert($0).inserted }.map {
            Diagnosis.Candidate($0, isDeclared: $0 == declared)
        }
    }
}

extension Contract {
    /// The preprocessing, where anything declares its normalisation, or where there is none to declare.
    var declared: Preprocessing? {
        let isDeclared = origins.contains { $0.field == "normalization" && $0.isDeclared }
        return isDeclared ? preprocessing : nil
    }
}

extension ColorOrder {
    fileprivate var opposite: ColorOrder { self == .rgb ? .bgr : .rgb }
}

extension Preprocessing {
    /// The same preprocessing with another fit.
    func with(_ fit: Fit) -> Preprocessing {
        var other = self
        other.fit = fit
        return other
    }

    /// The same picture seen closer, and from further off: what is recognised should withstand that.
    var otherLooks: [Preprocessing] {
        let closer = Fit.cover(cropFraction: 0.75)
        let further = Fit.contain(pad: 128)
        let others = [closer, further].map { $0 == fit ? .stretch : $0 }
        return others.map { with($0) }
    }
}
