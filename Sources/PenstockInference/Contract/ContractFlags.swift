public import PenstockCore

/// What the user says about the contract; everything left out is looked for in the model's files.
public struct ContractFlags: Hashable, Sendable {
    /// The size of the model's input (`--size`).
    public var size: ImageSize?
    /// How a picture of another shape is fitted in (`--fit`).
    public var fit: Fit?
    /// The resampling filter (`--resample`).
    public var filter: ResamplingFilter?
    /// The order of the colour channels (`--color`).
    public var colorOrder: ColorOrder?
    /// A normalisation by name (`--preset`); not together with the next three.
    public var preset: Preset?
    /// What pixels are multiplied by first (`--scale`); 1/255 when only means or deviations are given.
    public var scale: Double?
    /// Subtracted after scaling, in the order of the tensor's channels (`--mean`).
    public var mean: [Double]?
    /// Divides the difference, in the order of the tensor's channels (`--std`).
    public var deviation: [Double]?
    /// A file of labels (`--labels`).
    public var labels: FilePath?
    /// What turns the raw output into scores (`--activation`).
    public var activation: Activation?
    /// Whether channels vary fastest or slowest (`--layout`).
    public var layout: TensorLayout?
    /// The normalisation under which to open a model that declares none, so that what it should be can be found out.
    package var provisional: Preset?

    /// Makes flags that say nothing.
    public init() {}
}

extension ContractFlags {
    /// What the flags declare.
    ///
    /// - Throws: When flags contradict each other.
    func partial() throws(PenstockError) -> PartialContract {
        var partial = PartialContract()
        partial.isExplicit = true
        partial.size = size.map { .value($0, from: "--size") }
        partial.fit = fit.map { .value($0, from: "--fit") }
        partial.filter = filter.map { .value($0, from: "--resample") }
        partial.layout = layout.map { .value($0, from: "--layout") }
        partial.activation = activation.map { .value($0, from: "--activation") }
        if let labels { partial.labels = .value(try Labels(contentsOf: labels), from: "--labels \(labels)") }
        let presetColor = preset.map { Declaration.value($0.colorOrder, from: "--preset \($0.rawValue)") }
        partial.colorOrder = colorOrder.map { .value($0, from: "--color") } ?? presetColor
        partial.normalization = try normalization()
        return partial
    }

    /// What holds where no other source declares it, or none in a way that can be honoured.
    var lastResort: PartialContract {
        var partial = PartialContract()
        guard let provisional else { return partial }
        let declared = DeclaredNormalization(normalization: provisional.normalization, order: provisional.colorOrder)
        partial.normalization = .value(declared, from: Contract.Origin.byDefault)
        partial.colorOrder = .value(provisional.colorOrder, from: Contract.Origin.byDefault)
        return partial
    }

    private func normalization() throws(PenstockError) -> Declaration<DeclaredNormalization>? {
        let given = [scale.map { _ in "--scale" }, mean.map { _ in "--mean" }, deviation.map { _ in "--std" }]
        let names = given.compactMap { $0 }.joined(separator: ", ")
        if let preset {
            guard names.isEmpty else {
                throw refusal(
                    "--preset \(preset.rawValue) and \(names) both say how to normalise; give one or the other."
                )
            }
            let declared = DeclaredNormalization(normalization: preset.normalization, order: preset.colorOrder)
            return .value(declared, from: "--preset \(preset.rawValue)")
        }
        let flags = (scale: "--scale", mean: "--mean", deviation: "--std")
        let declared = try DeclaredNormalization(scale: scale, mean: mean, deviation: deviation, names: flags)
        return declared.map { .value($0, from: names) }
    }
}
