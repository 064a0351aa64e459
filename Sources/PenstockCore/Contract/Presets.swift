/// The normalisations that whole families of models share, under the names that people know them by.
public enum Preset: String, Hashable, Sendable, CaseIterable {
    /// −1…1: `pixel ÷ 127.5 − 1`. InceptionV3, Inception-ResNet, MobileNet v1 and v2, NASNet, ResNetV2, Xception.
    case inception
    /// 0…1, then ImageNet's mean and deviation: what PyTorch's models and DenseNet expect.
    case imagenet
    /// Blue first, minus ImageNet's mean on 0…255: Keras' ResNet and VGG.
    case caffe
    /// Pixels as they are, 0…255: models that normalise inside, such as EfficientNet, ConvNeXt and MobileNetV3 of Keras.
    case raw
}

extension Preset {
    /// The order of the channels that goes with the preset.
    public var colorOrder: ColorOrder { self == .caffe ? .bgr : .rgb }

    /// The normalisation, in the preset's own channel order.
    public var normalization: Normalization {
        switch self {
        case .inception: Normalization(scale: 1 / 127.5, mean: [1, 1, 1])
        case .imagenet:
            Normalization(scale: 1.0 / 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
        case .caffe: Normalization(scale: 1, mean: [103.939, 116.779, 123.68])
        case .raw: .none
        }
    }
}

extension Preprocessing {
    /// A square input of −1…1, as Inception and its kin expect.
    public static func inception(size: Int) -> Preprocessing { Preprocessing(.inception, side: size) }

    /// A square input with ImageNet's mean and deviation.
    public static func imagenet(size: Int) -> Preprocessing { Preprocessing(.imagenet, side: size) }

    /// A square input, blue first, minus ImageNet's mean.
    public static func caffe(size: Int) -> Preprocessing { Preprocessing(.caffe, side: size) }

    /// A square input of pixels as they are.
    public static func raw(size: Int) -> Preprocessing { Preprocessing(.raw, side: size) }

    private init(_ preset: Preset, side: Int) {
        self.init(
            size: ImageSize(side: side),
            colorOrder: preset.colorOrder,
            normalization: preset.normalization
        )
    }
}

extension Normalization {
    /// The same normalisation for the opposite channel order.
    package var reversed: Normalization {
        Normalization(scale: scale, mean: mean.reversed(), deviation: deviation.reversed())
    }
}
