internal import Penstock
internal import PenstockCore
internal import PenstockImages

extension OperationFlags {
    /// The options, as `process` has them.
    package static let descriptions: [OptionDescription] = steps + settings

    private static let steps: [OptionDescription] = [
        OptionDescription(
            flag: "gray",
            in: .operations,
            isRepeatable: true,
            help: "Make it grey. Where this comes first, a JPEG's colours are not even decoded."
        ),
        step(
            "resize",
            "640x480|640x|x480|50%",
            "Resize, exactly as Pillow does; where one edge is left out, in shape."
        ),
        step(
            "crop",
            "WxH|WxH+X+Y",
            "Cut a part out: from the middle, or X pixels from the left and Y from the top."
        ),
        step(
            "rotate",
            "DEGREES",
            "Turn clockwise. Multiples of 90 move pixels; other angles interpolate and enlarge the picture."
        ),
        OptionDescription(
            "flip",
            .choice(PixelOperation.Axis.allCases.map(\.rawValue)),
            in: .operations,
            isRepeatable: true,
            help: "Mirror: horizontal makes left right."
        ),
        step("blur", "X", "Gaussian blur of this standard deviation in pixels."),
        step("brightness", "X", "Brighter above 1, darker below; 0 is black."),
        step("contrast", "X", "More contrast above 1, less below; 0 is even grey."),
        step("saturation", "X", "Stronger colours above 1, weaker below; 0 is grey."),
        step("pad", "N|WxH", "Put a border of N pixels around, or fill up to a size."),
        step(
            "filter",
            "GRAPH",
            "Apply FFmpeg's filters, such as 'hqdn3d,unsharp'. A video's frames go through them in their order, so that "
                + "filters over time work."
        ),
    ]

    private static let settings: [OptionDescription] = [
        OptionDescription(
            "fit",
            .choice(OperationSettings.Fit.allCases.map(\.rawValue)),
            in: .operations,
            default: "stretch",
            help:
                "How every --resize to two edges treats other shapes: stretch; as large as fits inside; contain, which "
                + "fills up with the background; cover, which cuts off what sticks out."
        ),
        OptionDescription(
            "resample",
            .choice(ResamplingFilter.allCases.map(\.rawValue), as: "FILTER"),
            in: .operations,
            default: "lanczos",
            help: "The filter of every --resize: \(ResamplingFilter.allCases.map(\.rawValue).listed)."
        ),
        OptionDescription(
            "background",
            .suggestion("#RRGGBB|black|white", ["black", "white"]),
            in: .operations,
            default: "black",
            help: "What --pad and --fit contain fill with."
        ),
    ]

    private static func step(_ name: String, _ placeholder: String, _ help: String) -> OptionDescription {
        OptionDescription(name, .text(placeholder), in: .operations, isRepeatable: true, help: help)
    }
}
