internal import PenstockCore

/// Where a job is to write what it has to tell.
enum ResultPlace {
    /// Makes sure that a file that would be replaced, if there is one, is of the kind that is written there: a slip of the
    /// hand must not cost a picture.
    ///
    /// - Parameter isJSON: Whether the file holds nothing but JSON.
    static func check(_ path: FilePath, of option: String, isJSON: Bool) throws(PenstockError) {
        if pictureEndings.contains(path.lowercasedExtension) {
            throw refusal(
                "\(path) is the name of a picture or a video; give \(option) one that ends in .jsonl or .json."
            )
        }
        guard case .regular(let bytes) = FileSystem.kind(path), bytes > 0 else { return }
        // What cannot be read is left to whoever opens it to write.
        guard let head = try? SmallFile.head(path, upTo: 4096), let first = head.first else { return }
        let isOfItsKind = isJSON ? first == UInt8(ascii: "{") : !head.contains(0)
        guard !isOfItsKind else { return }
        throw refusal("\(path) is there and holds something else, which \(option) would replace; name another file.")
    }

    private static let pictureEndings: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "tif", "tiff", "gif", "avif", "heic", "mp4", "mov", "mkv",
        "webm", "avi", "ts",
    ]

    private static func refusal(_ message: String) -> PenstockError {
        PenstockError(.invalidConfiguration, at: .configure, message)
    }
}
