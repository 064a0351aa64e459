internal import PenstockCore

/// What one source declares: any field may be missing.
struct PartialContract: Sendable {
    var size: Declaration<ImageSize>?
    var fit: Declaration<Fit>?
    var filter: Declaration<ResamplingFilter>?
    var colorOrder: Declaration<ColorOrder>?
    var normalization: Declaration<DeclaredNormalization>?
    var layout: Declaration<TensorLayout>?
    var labels: Declaration<Labels>?
    var activation: Declaration<Activation>?
    var quantization: Declaration<Quantization>?
    /// Whether the user says it for this very run, so that it must be obeyed or refused, never passed over.
    var isExplicit = false
}

/// A field that a source declares: with a value, or in a way that cannot be honoured.
///
/// A refusal only counts when nothing earlier in the order declares the field: a flag overrules a file that is broken.
enum Declaration<Value: Sendable>: Sendable {
    case value(Value, from: String)
    case refused(String)
}

/// A normalisation, and the channel order in which its means and deviations were written.
struct DeclaredNormalization: Hashable, Sendable {
    var normalization: Normalization
    /// `nil` where they are in the order of the tensor, whatever that is.
    var order: ColorOrder?

    /// The normalisation for a tensor of the given channel order.
    func normalization(for order: ColorOrder) -> Normalization {
        self.order == nil || self.order == order ? normalization : normalization.reversed
    }
}

extension PartialContract {
    /// What a source that cannot be read declares: everything about pictures, none of it usable.
    static func unreadable(_ error: PenstockError) -> PartialContract {
        var partial = PartialContract()
        partial.size = .refused(error.message)
        partial.fit = .refused(error.message)
        partial.filter = .refused(error.message)
        partial.colorOrder = .refused(error.message)
        partial.normalization = .refused(error.message)
        partial.labels = .refused(error.message)
        return partial
    }
}
