/// How a picture becomes a model's input: the contract between whoever trained a model and whoever feeds it.
///
/// The steps are always the same: resize and place (`size`, `fit`, `filter`), order the channels, and turn each 8-bit
/// value into `(pixel × scale − mean) ÷ deviation`, computed as one fused multiply-add in single precision so that the
/// bits are the same on every machine.
public struct Preprocessing: Hashable, Sendable {
    /// The size of the model's input.
    public var size: ImageSize
    /// How a picture of another shape is fitted in.
    public var fit: Fit
    /// The resampling filter.
    public var filter: ResamplingFilter
    /// The order of the colour channels in the input.
    public var colorOrder: ColorOrder
    /// From 8-bit pixels to the values that the model expects.
    public var normalization: Normalization
    /// The type of each value.
    public var elementType: ElementType
    /// Whether channels vary fastest or slowest.
    public var layout: TensorLayout

    /// Makes a contract.
    public init(
        size: ImageSize,
        fit: Fit = .stretch,
        filter: ResamplingFilter = .bilinear,
        colorOrder: ColorOrder = .rgb,
        normalization: Normalization = .none,
        elementType: ElementType = .float32,
        layout: TensorLayout = .nhwc
    ) {
        self.size = size
        self.fit = fit
        self.filter = filter
        self.colorOrder = colorOrder
        self.normalization = normalization
        self.elementType = elementType
        self.layout = layout
    }
}

extension Preprocessing {
    /// The bytes that one picture takes in the input tensor.
    public var byteCount: Int { size.pixelCount * 3 * elementType.byteCount }
}
