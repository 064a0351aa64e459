internal import PenstockCore

/// What a type of Hugging Face image processor does where its file says nothing.
///
/// Files of recent releases say everything; older ones leave out what was the default, and a size that is a single
/// number means a square to some types and the shortest edge to others.
struct HuggingFaceType: Sendable {
    /// How the resize works.
    enum Resizing: Sendable {
        /// As `size` says.
        case plain
        /// ConvNeXT: below 384 the shortest edge becomes `int(edge / crop_pct)` before the crop, else a stretch.
        case convNext
        /// LeViT: the shortest edge becomes `int(256 / 224 × edge)` before the crop.
        case leViT
        /// PoolFormer: the shortest edge becomes `int(edge / crop_pct)` before the crop.
        case poolFormer
        /// In an order of steps that a contract cannot express.
        case other
    }

    var resizing = Resizing.plain
    /// Whether a size of one number is a square.
    var isSquare = true
    var filter = ResamplingFilter.bicubic
    var cropsCenter = false
    var isNormalized = true
    var mean = [0.5, 0.5, 0.5]
    var deviation = [0.5, 0.5, 0.5]
    var flipsChannels = false
    /// EfficientNet divides by the deviation a second time, unless told otherwise.
    var includesTop = false
}

extension HuggingFaceType {
    private static let clipMean = [0.48145466, 0.4578275, 0.40821073]
    private static let clipDeviation = [0.26862954, 0.26130258, 0.27577711]
    private static let imagenetMean = [0.485, 0.456, 0.406]
    private static let imagenetDeviation = [0.229, 0.224, 0.225]

    private static let clip = HuggingFaceType(
        isSquare: false,
        cropsCenter: true,
        mean: clipMean,
        deviation: clipDeviation
    )
    private static let mobileNet = HuggingFaceType(isSquare: false, filter: .bilinear, cropsCenter: true)

    /// The known types, by their names without `ImageProcessor`, `ImageProcessorFast` or `FeatureExtractor`.
    private static let known: [String: HuggingFaceType] = [
        "ViT": HuggingFaceType(filter: .bilinear),
        "DeiT": HuggingFaceType(cropsCenter: true),
        "Beit": HuggingFaceType(cropsCenter: true),
        "CLIP": clip,
        "Bit": clip,
        "ViTHybrid": clip,
        "ChineseCLIP": clip,
        "Siglip": HuggingFaceType(),
        "ConvNext": HuggingFaceType(resizing: .convNext, isSquare: false, filter: .bilinear),
        "Levit": HuggingFaceType(
            resizing: .leViT,
            isSquare: false,
            cropsCenter: true,
            mean: imagenetMean,
            deviation: imagenetDeviation
        ),
        "PoolFormer": HuggingFaceType(
            resizing: .poolFormer,
            isSquare: false,
            cropsCenter: true,
            mean: imagenetMean,
            deviation: imagenetDeviation
        ),
        "MobileNetV1": mobileNet,
        "MobileNetV2": mobileNet,
        "MobileViT": HuggingFaceType(
            isSquare: false,
            filter: .bilinear,
            cropsCenter: true,
            isNormalized: false,
            flipsChannels: true
        ),
        "EfficientNet": HuggingFaceType(filter: .nearest, includesTop: true),
        "EfficientFormer": HuggingFaceType(cropsCenter: true, mean: imagenetMean, deviation: imagenetDeviation),
        "Pvt": HuggingFaceType(filter: .bilinear, mean: imagenetMean, deviation: imagenetDeviation),
        "Perceiver": HuggingFaceType(resizing: .other),
    ]

    /// The processor type of models whose file does not name one.
    private static let byModel: [String: String] = [
        "vit": "ViT", "vit_msn": "ViT", "swin": "ViT", "swinv2": "ViT", "dinat": "ViT", "nat": "ViT", "deit": "DeiT",
        "beit": "Beit", "data2vec-vision": "Beit", "clip": "CLIP", "dinov2": "Bit", "bit": "Bit", "focalnet": "Bit",
        "siglip": "Siglip", "convnext": "ConvNext", "convnextv2": "ConvNext", "resnet": "ConvNext",
        "regnet": "ConvNext", "cvt": "ConvNext", "van": "ConvNext", "levit": "Levit", "poolformer": "PoolFormer",
        "mobilenet_v1": "MobileNetV1", "mobilenet_v2": "MobileNetV2", "mobilevit": "MobileViT",
        "efficientnet": "EfficientNet", "efficientformer": "EfficientFormer", "pvt": "Pvt",
    ]

    /// Finds a type by the processor's name, or by the model's where no processor is named.
    init?(processor: String?, model: String?) {
        guard let name = processor.map(Self.shortened) ?? model.flatMap({ Self.byModel[$0] }),
            let type = Self.known[name]
        else { return nil }
        self = type
    }

    private static func shortened(_ name: String) -> String {
        for ending in ["ImageProcessorFast", "ImageProcessorPil", "ImageProcessor", "FeatureExtractor"]
        where name.hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return name
    }
}
