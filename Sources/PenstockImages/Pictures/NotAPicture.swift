import PenstockCore

/// Names the things that are often found where a picture should be.
enum NotAPicture {
    /// What the bytes are, if they plainly are something else than a picture.
    static func error(for bytes: Span<UInt8>) -> PenstockError? {
        if let container = videoContainer(bytes) {
            let message =
                "This is a video (\(container)) under the name of a picture. Rename it to have its frames read."
            return PenstockError(.unsupported, at: .decode, message)
        }
        return document(bytes).map { PenstockError(.unsupported, at: .decode, "This is not a picture: \($0)") }
    }

    /// Bytes that nothing knows.
    static func unknown(_ bytes: Span<UInt8>) -> PenstockError {
        let digits = (0..<min(8, bytes.count)).map { index in
            let text = String(bytes[index], radix: 16, uppercase: true)
            return text.count < 2 ? "0" + text : text
        }
        let message =
            "No known picture format begins with the bytes \(digits.joined(separator: " ")). "
            + "The name of a file does not count, its content does: check where it came from."
        return PenstockError(.unsupported, at: .decode, message)
    }

    /// A demuxer knew the bytes, and it is not one for pictures.
    static func media(_ name: String) -> PenstockError {
        PenstockError(.unsupported, at: .decode, "This is a video or a sound (\(name)), not a picture.")
    }
}

extension NotAPicture {
    /// The container, where the bytes are a video's.
    static func videoContainer(_ bytes: Span<UInt8>) -> String? {
        if bytes.has("ftyp", at: 4) || bytes.has("moov", at: 4) { return "MP4 or QuickTime" }
        if bytes.starts(with: 0x1A, 0x45, 0xDF, 0xA3) { return "Matroska or WebM" }
        if bytes.has("RIFF", at: 0), bytes.has("AVI ", at: 8) { return "AVI" }
        if bytes.has("OggS", at: 0) { return "Ogg" }
        if bytes.has("FLV", at: 0) { return "Flash video" }
        if bytes.starts(with: 0x00, 0x00, 0x01, 0xBA) { return "MPEG program stream" }
        if bytes.starts(with: 0x30, 0x26, 0xB2, 0x75) { return "Windows Media" }
        // Packets of 188 bytes, each of which begins with the same byte.
        return [0, 188, 376].allSatisfy { bytes.byte(at: $0) == 0x47 } ? "MPEG transport stream" : nil
    }

    private static func document(_ bytes: Span<UInt8>) -> String? {
        if bytes.has("%PDF", at: 0) { return "it is a PDF. Render its pages to PNG or JPEG." }
        if bytes.starts(with: 0x50, 0x4B, 0x03, 0x04) { return "it is a ZIP archive. Unpack it." }
        if bytes.starts(with: 0x1F, 0x8B) { return "it is compressed with gzip. Unpack it." }
        if (0..<bytes.count).allSatisfy({ bytes[$0] == 0 }) {
            return "all its \(bytes.count) bytes are zero, as a failed copy leaves them. Copy or download it again."
        }
        return text(bytes)
    }

    private static func text(_ bytes: Span<UInt8>) -> String? {
        guard looksLikeText(bytes) else { return nil }
        let head = (0..<min(512, bytes.count)).map { bytes[$0] }
        let words = String(decoding: head, as: UTF8.self).lowercased()
        if words.hasPrefix("version https://git-lfs") { return "it is a Git LFS pointer. Run: git lfs pull" }
        // FFmpeg reads the two picture formats that are written as C.
        if words.hasPrefix("#define") || words.hasPrefix("/* xpm") { return nil }
        if words.contains("<svg") { return "it is an SVG drawing. Render it to PNG." }
        if words.contains("<html") || words.contains("<!doctype html") {
            return "it looks like HTML, such as an error page saved under a picture's name. Download it again."
        }
        return "it looks like text. Check where it came from."
    }

    /// Whether the first bytes hold no control characters but blanks, and are UTF-8 up to a cut character.
    private static func looksLikeText(_ bytes: Span<UInt8>) -> Bool {
        let head = (0..<min(512, bytes.count)).map { bytes[$0] }
        guard head.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }) else { return false }
        return (0..<min(4, head.count)).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    }
}
