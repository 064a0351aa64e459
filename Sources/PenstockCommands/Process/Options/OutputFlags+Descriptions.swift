internal import Penstock
internal import PenstockCore
internal import PenstockImages

extension OutputFlags {
    /// The options, as `process` has them.
    package static let descriptions: [OptionDescription] = place + encoding

    private static let place: [OptionDescription] = [
        OptionDescription(
            "to",
            .file("DIR|FILE"),
            in: .output,
            isRequired: true,
            help: "The folder for the files, made where it is missing; or the file of one video (.mp4, .mkv, .mov)."
        ),
        OptionDescription(
            "name",
            .text("TEMPLATE"),
            in: .output,
            default: "the source's folder and name",
            help:
                "How files are named below the folder, such as '{dir}/{stem}_{index:05}.{ext}'; there are {dir}, {stem}, "
                + "{name}, {ext}, {index}, {frame} and {time}."
        ),
        OptionDescription(
            "on-conflict",
            .choice(ConflictChoice.allCases.map(\.rawValue)),
            in: .output,
            default: "fail",
            help: "What becomes of a picture whose file is there already; rename adds a number."
        ),
        OptionDescription(
            flag: "durable",
            in: .output,
            help: "Count a file as written once it is on the disk, and not only with the system."
        ),
        OptionDescription(
            "queue",
            .suggestion("auto|N", ["auto"]),
            in: .speed,
            default: "auto",
            help: "How many finished files may wait for the disk."
        ),
    ]

    private static let encoding: [OptionDescription] = [
        OptionDescription(
            "format",
            .choice(WrittenFormat.allCases.map(\.rawValue)),
            in: .output,
            default: "keep, or what --to FILE ends in",
            help:
                "What is written. With keep, what the source is, and PNG for pictures of kinds that are not written. A "
                + "picture format writes a picture for each frame of a video."
        ),
        OptionDescription(
            "quality",
            .text("N"),
            in: .output,
            default: "95 for jpeg, 80 for webp",
            help: "How finely jpeg and webp are written, from 1 to 100."
        ),
        OptionDescription(
            "subsampling",
            .choice(JPEGEncoding.Subsampling.allCases.map(\.rawValue)),
            in: .output,
            default: "420",
            help: "How many samples of colour a jpeg has."
        ),
        OptionDescription(flag: "progressive", in: .output, help: "Write jpeg in scans of rising quality."),
        OptionDescription(flag: "optimize", in: .output, help: "Make jpeg smaller without loss, more slowly."),
        OptionDescription(
            "compression",
            .text("N"),
            in: .output,
            default: "1",
            help: "How hard is tried to make png and tiff small: 0 not at all, 1 by far the fastest, to 12."
        ),
        OptionDescription(
            flag: "lossless",
            in: .output,
            help:
                "Lose nothing: webp keeps every pixel, and a jpeg is cut, turned, mirrored and made grey without being "
                + "decoded; what cannot be done so fails."
        ),
        OptionDescription(
            "crf",
            .text("N"),
            in: .output,
            default: "the encoder's own",
            help: "How finely videos are written, from 0 to 51: lower is finer."
        ),
        OptionDescription(
            "metadata",
            .choice(MetadataChoice.allCases.map(\.rawValue)),
            in: .output,
            default: "all",
            help: "What goes along with a picture: EXIF and the colour profile, the profile alone, or nothing."
        ),
        OptionDescription(
            flag: "keep-depth",
            in: .output,
            help: "Refuse pictures of more than 8 bits a sample, which are rounded otherwise, with a warning."
        ),
    ]
}
