package import PenstockCore

extension Fit {
    /// The fit as `penstock inspect` shows it.
    var summary: String {
        switch self {
        case .stretch: "stretch"
        case .cover(let fraction, let rounding):
            "cover, keeping \(rounded(fraction))" + (rounding == .halfToEven ? ", margins half to even" : "")
        case .contain(let pad): "contain, padded with \(pad)"
        }
    }
}

extension Normalization {
    /// The normalisation as `penstock inspect` shows it.
    package var summary: String {
        if self == .none { return "none (0…255)" }
        let factor = scale == 1 ? "pixel" : "pixel ÷ \(rounded(1 / scale))"
        let offset = mean.allSatisfy { $0 == 0 } ? "" : " − \(list(mean))"
        return deviation.allSatisfy { $0 == 1 } ? factor + offset : "(\(factor)\(offset)) ÷ \(list(deviation))"
    }

    private func list(_ values: [Double]) -> String {
        Set(values).count == 1 ? rounded(values[0]) : "[\(values.map { rounded($0) }.joined(separator: ", "))]"
    }
}

/// A number with six decimals at most.
private func rounded(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return Int(exactly: rounded).map(String.init) ?? rounded.description
}
