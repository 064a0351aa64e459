internal import PenstockCore
internal import PenstockImages

/// What one picture is written as.
enum OutputForm: Hashable, Sendable {
    /// Encoded from pixels.
    case encoded(PictureEncoding)
    /// A JPEG's own coefficients, moved about.
    case losslessJPEG(JPEGEncoding)
}

extension OutputForm {
    /// The form of a picture whose pixels are at hand.
    ///
    /// - Parameters:
    ///   - format: What it was read from, where that is a file.
    ///   - video: The ending of the one video that everything is to be in, where that is so.
    init(_ settings: OutputSettings, of format: PictureFormat?, in video: String? = nil) throws(PenstockError) {
        if let video { throw .pictureForVideo(video) }
        switch settings.format {
        case .keep: self.init(keeping: format, isLossless: settings.isLossless)
        case .picture(let encoding): try self.init(encoding, of: format, isLossless: settings.isLossless)
        case .video(let ending): throw .pictureForVideo(ending)
        }
    }

    private init(keeping format: PictureFormat?, isLossless: Bool) {
        switch format {
        case .jpeg: self = isLossless ? .losslessJPEG(JPEGEncoding()) : .encoded(.jpeg)
        case .webp: self = .encoded(.webp(WebPEncoding(isLossless: isLossless)))
        case .bmp: self = .encoded(.bmp)
        case .tiff: self = .encoded(.tiff)
        default: self = .encoded(.png)
        }
    }

    private init(_ encoding: PictureEncoding, of format: PictureFormat?, isLossless: Bool) throws(PenstockError) {
        switch encoding {
        case .jpeg(let jpeg) where isLossless:
            guard format == .jpeg else { throw .notLossless(format) }
            self = .losslessJPEG(jpeg)
        case .webp(var webp) where isLossless:
            webp.isLossless = true
            self = .encoded(.webp(webp))
        default:
            self = .encoded(encoding)
        }
    }

    /// The endings of files of this form; the first is the usual one.
    var endings: [String] {
        switch self {
        case .losslessJPEG, .encoded(.jpeg): ["jpg", "jpeg", "jpe", "jfif"]
        case .encoded(.png): ["png"]
        case .encoded(.webp): ["webp"]
        case .encoded(.bmp): ["bmp", "dib"]
        case .encoded(.tiff): ["tiff", "tif"]
        }
    }

    /// Whether the form holds opacity.
    var keepsAlpha: Bool {
        switch self {
        case .losslessJPEG, .encoded(.jpeg): false
        case .encoded: true
        }
    }
}

extension OutputSettings {
    /// Whether what a picture is written as depends on what it is.
    var dependsOnContent: Bool {
        switch format {
        case .keep: true
        case .picture(.jpeg): isLossless
        case .picture, .video: false
        }
    }
}

extension WebPEncoding {
    fileprivate init(isLossless: Bool) {
        self.init()
        self.isLossless = isLossless
    }
}

extension PenstockError {
    fileprivate static func notLossless(_ format: PictureFormat?) -> Self {
        let what = format.map { "This is a \($0)" } ?? "These are pixels"
        return Self(
            .unsupported,
            at: .write,
            "\(what), and only a JPEG becomes a JPEG without loss. Write PNG or WebP, or leave --lossless out."
        )
    }

    fileprivate static func pictureForVideo(_ ending: String) -> Self {
        Self(
            .unsupported,
            at: .write,
            "This is a picture, and only videos are written as \(ending). Name a picture format with --format."
        )
    }
}
