/// What the command line says about how closely a model looks.
package struct ModelInputFlags: Hashable, Sendable {
    /// Whether a picture may be decoded at a fraction of its size.
    package var allowsFastDecode: Bool
    /// Whether frames are converted to RGB before they are resized.
    package var isExact: Bool
    /// The change, in grey levels, up to which a frame has the result of the one before it.
    package var stillThreshold: Double?

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        allowsFastDecode = arguments.has("fast-decode")
        isExact = arguments.has("exact-frames")
        stillThreshold = try arguments.number("skip-still", in: 0...255)
    }
}

extension ModelInputFlags {
    /// The options, as `classify` has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            flag: "fast-decode",
            in: .inputs,
            help: "Let JPEG files that are much larger than the input be decoded at a fraction of their size: faster, "
                + "with slightly different pixels."
        ),
        OptionDescription(
            flag: "exact-frames",
            in: .video,
            help: "Convert every pixel to RGB before resizing, as with pictures: slower, and a little different."
        ),
        OptionDescription(
            "skip-still",
            .text("LEVELS"),
            in: .video,
            help:
                "Give a frame that differs by no more grey levels (0 to 255; try 4) from the last one classified that "
                + "one's result, marked \"reused\"."
        ),
    ]
}
