internal import Penstock
internal import PenstockImages

/// What `penstock process` can write, by the names of the command line.
package enum WrittenFormat: String, Hashable, Sendable, CaseIterable {
    /// What the source is.
    case keep
    case jpeg, png, webp, bmp, tiff
    case mp4, mkv, mov

    /// Whether each input becomes a video.
    var isVideo: Bool { [.mp4, .mkv, .mov].contains(self) }

    /// Whether each input and each frame becomes a picture.
    var isPicture: Bool { self != .keep && !isVideo }
}

/// How finely and how small it is written; each is for some formats only.
struct EncodingFlags {
    private let format: WrittenFormat
    private let quality: Int?
    private let subsampling: JPEGEncoding.Subsampling?
    private let isProgressive: Bool
    private let isOptimized: Bool
    private let compression: Int?
    private let isLossless: Bool

    init(_ arguments: ParsedArguments, _ format: WrittenFormat) throws(UsageError) {
        self.format = format
        quality = try arguments.integer("quality", in: 1...100)
        subsampling = try arguments.choice("subsampling")
        isProgressive = arguments.has("progressive")
        isOptimized = arguments.has("optimize")
        compression = try arguments.integer("compression", in: 0...12)
        isLossless = arguments.has("lossless")
        try checkFormats()
        try checkLossless()
    }

    /// What the job is to write.
    var kind: OutputKind {
        switch format {
        case .keep: .keep
        case .jpeg: .picture(.jpeg(jpeg))
        case .png: .picture(.png(png))
        case .webp: .picture(.webp(webp))
        case .bmp: .picture(.bmp)
        case .tiff: .picture(.tiff(tiff))
        case .mp4, .mkv, .mov: .video(format.rawValue)
        }
    }

    private var jpeg: JPEGEncoding {
        var encoding = JPEGEncoding()
        encoding.quality = quality ?? encoding.quality
        encoding.subsampling = subsampling ?? encoding.subsampling
        encoding.isProgressive = isProgressive
        encoding.isOptimized = isOptimized
        return encoding
    }

    private var png: PNGEncoding {
        var encoding = PNGEncoding()
        encoding.level = compression ?? encoding.level
        return encoding
    }

    private var webp: WebPEncoding {
        var encoding = WebPEncoding()
        encoding.quality = quality ?? encoding.quality
        encoding.isLossless = isLossless
        return encoding
    }

    private var tiff: TIFFEncoding {
        var encoding = TIFFEncoding()
        encoding.level = compression ?? encoding.level
        return encoding
    }
}

// MARK: - Contradictions

extension EncodingFlags {
    /// Refuses what the format has no use for.
    private func checkFormats() throws(UsageError) {
        let given: [(name: String, isGiven: Bool, formats: [WrittenFormat])] = [
            ("quality", quality != nil, [.jpeg, .webp]), ("subsampling", subsampling != nil, [.jpeg]),
            ("progressive", isProgressive, [.jpeg]), ("optimize", isOptimized, [.jpeg]),
            ("compression", compression != nil, [.png, .tiff]),
        ]
        guard let wrong = given.first(where: { $0.isGiven && !$0.formats.contains(format) }) else { return }
        let formats = wrong.formats.map(\.rawValue)
        let advice =
            format == .keep
            ? "; add --format \(formats.joined(separator: " or "))." : ", and --format is \(format.rawValue)."
        throw UsageError("--\(wrong.name) is for \(formats.listed)\(advice)")
    }

    private func checkLossless() throws(UsageError) {
        guard isLossless else { return }
        if format.isVideo {
            throw UsageError("--lossless is for pictures; --crf 0 keeps the most of a video.")
        }
        let lossy = format == .jpeg ? quality.map { _ in "quality" } ?? subsampling.map { _ in "subsampling" } : nil
        if let lossy {
            throw UsageError(
                "--lossless leaves a JPEG's coefficients as they are, so --\(lossy) has no say; give one of them."
            )
        }
    }
}
