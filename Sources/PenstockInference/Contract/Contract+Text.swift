internal import PenstockCore

extension Contract {
    /// Everything that decides a result, in a fixed form: two contracts with the same text give the same results.
    ///
    /// Origins are left out: the same values from another file are the same contract.
    public var canonicalText: String {
        let lines = [
            "size=\(preprocessing.size.width)x\(preprocessing.size.height)",
            "fit=\(preprocessing.fit.canonicalText)",
            "filter=\(preprocessing.filter.rawValue)",
            "color=\(preprocessing.colorOrder.rawValue)",
            "scale=\(preprocessing.normalization.scale)",
            "mean=\(list(preprocessing.normalization.mean))",
            "deviation=\(list(preprocessing.normalization.deviation))",
            "element=\(preprocessing.elementType.rawValue)",
            "layout=\(preprocessing.layout.rawValue)",
            "output=\(outputIndex)",
            "classes=\(classCount)",
            "scores=\(scoreFormat.canonicalText)",
            "activation=\(activation.rawValue)",
            "labels=\(labels?.names.count ?? 0)",
        ]
        return (lines + (labels?.names ?? [])).map { $0 + "\n" }.joined()
    }

    private func list(_ values: [Double]) -> String { values.map(\.description).joined(separator: ",") }
}

extension Fit {
    fileprivate var canonicalText: String {
        switch self {
        case .stretch: "stretch"
        case .cover(let fraction, let rounding): "cover:\(fraction):\(rounding.rawValue)"
        case .contain(let pad): "contain:\(pad)"
        }
    }
}

extension ScoreFormat {
    fileprivate var canonicalText: String {
        switch self {
        case .float32: "float32"
        case .uint8(let quantization): "uint8:\(quantization.scale):\(quantization.zeroPoint)"
        case .int8(let quantization): "int8:\(quantization.scale):\(quantization.zeroPoint)"
        }
    }
}
