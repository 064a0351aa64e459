package import PenstockCore

extension PenstockError.Code {
    /// The bytes end before the picture does.
    package static let truncated = Self(rawValue: "truncated")
}

/// What can be wrong with a picture. The caller says which picture.
extension PenstockError {
    package static func outOfMemory(bytes: Int) -> Self {
        Self(
            .tooLarge,
            at: .decode,
            "There is no memory for \(bytes) bytes of pixels. Lower --max-pixels or --workers."
        )
    }

    static let empty = Self(.corrupt, at: .decode, "The file is empty: it holds no bytes. Copy or download it again.")

    static func truncated(_ format: PictureFormat, bytes: Int) -> Self {
        Self(
            .truncated,
            at: .decode,
            "The \(format) is cut short: its \(bytes) bytes end before the picture does. "
                + "Copy or download it again, or take what there is with --allow-truncated."
        )
    }

    /// Cut so short that even `--allow-truncated` finds nothing to take.
    static func hopeless(_ format: PictureFormat, bytes: Int) -> Self {
        let message = "The \(format) is cut short: too little is left in its \(bytes) bytes. Copy or download it again."
        return Self(.truncated, at: .decode, message)
    }

    static func corrupt(_ format: PictureFormat, _ reason: String, status: Int32? = nil) -> Self {
        let because = reason.isEmpty ? "" : " (\(reason))"
        let message = "The \(format) is damaged: its data make no sense\(because). Copy or download it again."
        return Self(.corrupt, at: .decode, message, status: status)
    }

    static func unsupported(_ format: PictureFormat, _ reason: String, status: Int32? = nil) -> Self {
        let because = reason.isEmpty ? "" : " (\(reason))"
        let message = "The \(format) is of a kind that is not read\(because). Convert it to PNG or JPEG."
        return Self(.unsupported, at: .decode, message, status: status)
    }

    static var tooManyScans: Self {
        let reason = "it has more progressive scans than any real picture, as files made to stall decoders do"
        return Self(.corrupt, at: .decode, "The JPEG is refused: \(reason). Save it again without them.")
    }

    static func noPixels(_ format: PictureFormat, _ size: ImageSize) -> Self {
        Self(.corrupt, at: .decode, "The \(format) says that it is \(size) pixels: there is no picture in it.")
    }

    static func tooManyPixels(_ format: PictureFormat, _ size: ImageSize, limit: Int) -> Self {
        let (count, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        let total = overflow ? "" : ", \(count) pixels"
        return Self(
            .tooLarge,
            at: .decode,
            "The \(format) says that it is \(size)\(total), and the limit is \(limit). "
                + "If that is what you expect of it, raise --max-pixels."
        )
    }
}

extension ImageSize {
    /// Refuses a size of nothing, and one of more than `limit` pixels.
    func check(_ format: PictureFormat, limit: Int) throws(PenstockError) {
        guard width > 0, height > 0 else { throw .noPixels(format, self) }
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, count <= limit else { throw .tooManyPixels(format, self, limit: limit) }
    }
}
