internal import Penstock

/// What the command line says about reading pictures.
package struct PictureOptions: Hashable, Sendable {
    /// Whether paths on standard input end in NUL and not in a newline.
    package var isNULSeparated: Bool
    /// How long an address may take to answer.
    package var timeout: Duration
    /// The most pixels that a picture may have; `nil` leaves the decoder's own.
    package var maxPixels: Int?
    /// Whether a file that is cut short is decoded as far as it goes.
    package var allowsTruncated: Bool

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        isNULSeparated = arguments.has("null")
        timeout = try arguments.duration("timeout", atLeast: .milliseconds(1)) ?? .seconds(30)
        maxPixels = try arguments.integer("max-pixels", in: 1...1_000_000_000_000)
        allowsTruncated = arguments.has("allow-truncated")
    }
}

extension PictureOptions {
    /// The options, as every command that reads pictures has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            flag: "null",
            short: "0",
            in: .inputs,
            help: "Paths on standard input end in NUL, as 'find -print0' writes them."
        ),
        OptionDescription(
            "timeout",
            .text("TIME"),
            in: .inputs,
            default: "30s",
            help: "How long an address may take to answer, and a stream may be silent."
        ),
        OptionDescription(
            "max-pixels",
            .text("N"),
            in: .inputs,
            default: "\(ClassificationJob.Options().maxPixels)",
            help: "Refuse pictures with more pixels than this before decoding them."
        ),
        OptionDescription(
            flag: "allow-truncated",
            in: .inputs,
            help: "Decode files that are cut short as far as they go, and mark their results."
        ),
    ]

    /// What a picture may be given as.
    package static let operandHelp =
        "Pictures, videos, folders (read recursively), quoted patterns such as 'photos/**/*.jpg', lists of paths "
        + "(@list.txt), - for paths on standard input, cameras (/dev/video0), or addresses (https, rtsp, rtmp, srt, udp)."
}
