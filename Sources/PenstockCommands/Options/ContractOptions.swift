package import PenstockCore

/// What the command line says about the preprocessing contract, against what the model declares.
///
/// The values stay as they were typed: the contract's own reader interprets them, as it does those of `penstock.json`.
package struct ContractOptions: Hashable, Sendable {
    /// A named contract to start from.
    package var preset: String?
    /// The input's size.
    package var size: String?
    /// How a picture of another shape is fitted in.
    package var fit: String?
    /// The resampling filter.
    package var resample: String?
    /// The order of the channels.
    package var color: String?
    /// What each 8-bit value is multiplied by.
    package var scale: String?
    /// What is subtracted then, a channel at a time.
    package var mean: String?
    /// What the difference is divided by, a channel at a time.
    package var std: String?
    /// The file with the names of the classes.
    package var labels: FilePath?
    /// What turns the output into scores; `nil` leaves it to the model's declaration.
    package var activation: Activation?

    /// Whether channels vary fastest or slowest in the input.
    package var layout: TensorLayout?

    /// Makes options that say nothing.
    package init() {}

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        preset = arguments.text("preset")
        size = arguments.text("size")
        fit = arguments.text("fit")
        resample = arguments.text("resample")
        color = arguments.text("color")
        scale = arguments.text("scale")
        mean = arguments.text("mean")
        std = arguments.text("std")
        labels = arguments.path("labels")
        activation = try arguments.choice("activation")
        layout = try arguments.choice("layout")
    }
}

extension ContractOptions {
    /// The options that were given, as they are typed.
    var given: [String] {
        [
            ("--preset", preset != nil), ("--size", size != nil), ("--fit", fit != nil),
            ("--resample", resample != nil),
            ("--color", color != nil), ("--scale", scale != nil), ("--mean", mean != nil), ("--std", std != nil),
            ("--labels", labels != nil), ("--activation", activation != nil), ("--layout", layout != nil),
        ].filter(\.1).map(\.0)
    }

    /// The options, as every command that runs or looks at a model has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            "labels",
            .file("FILE"),
            in: .contract,
            help: "The names of the classes, one a line."
        ),
        OptionDescription(
            "preset",
            .choice(["inception", "imagenet", "caffe", "raw"]),
            in: .contract,
            help: "How pixels become the values that the model was trained on."
        ),
        OptionDescription(
            "activation",
            .choice(Activation.allCases.map(\.rawValue)),
            in: .contract,
            default: "what the model declares, else auto",
            help: "What turns the output into scores."
        ),
        OptionDescription("size", .text("SIZE"), in: .contract, help: "The input's size, such as 299 or 320x240."),
        OptionDescription(
            "fit",
            .suggestion("FIT", ["stretch", "cover", "contain"]),
            in: .contract,
            help:
                "stretch; cover, which crops the middle (cover:0.875 keeps that much of the edge); or contain, which pads "
                + "(contain:114 with that grey)."
        ),
        OptionDescription(
            "resample",
            .suggestion("FILTER", ResamplingFilter.allCases.map(\.rawValue)),
            in: .contract,
            help: "The filter: \(ResamplingFilter.allCases.map(\.rawValue).listed)."
        ),
        OptionDescription(
            "color",
            .choice(ColorOrder.allCases.map(\.rawValue)),
            in: .contract,
            help: "The order of the channels."
        ),
        OptionDescription(
            "scale",
            .text("X"),
            in: .contract,
            help: "What each 8-bit value is multiplied by first, such as 1/255."
        ),
        OptionDescription(
            "mean",
            .text("LIST"),
            in: .contract,
            help:
                "What is subtracted then: one number, or three in the order of the input's channels, such as 0.485,0.456,0.406."
        ),
        OptionDescription(
            "std",
            .text("LIST"),
            in: .contract,
            help: "What the difference is divided by: one number or three."
        ),
        OptionDescription(
            "layout",
            .choice(TensorLayout.allCases.map(\.rawValue)),
            in: .contract,
            help: "Whether channels vary fastest (nhwc) or slowest (nchw), where the model leaves it open."
        ),
    ]
}
