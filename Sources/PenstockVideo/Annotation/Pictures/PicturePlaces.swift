internal import PenstockCore

/// Where annotated pictures lie in their folder.
struct PicturePlaces: Sendable {
    private let folder: FilePath
    /// What is younger has been written in this run.
    private let beginning: DiskTime

    /// Makes the folder if it is missing, and makes sure that it can be written.
    init(in folder: FilePath) throws(PenstockError) {
        self.folder = folder
        try FileSystem.makeDirectory(folder)
        beginning = try .now(in: folder)
    }

    /// Writes a picture at the place of its name; what an earlier run left there is replaced.
    ///
    /// - Throws: Also when that is `source`, the picture itself.
    func write(_ bytes: [UInt8], as name: FilePath, unlike source: FilePath?) throws(PenstockError) {
        let path = folder.appending(Self.place(of: name))
        if let source, FileSystem.isSameFile(source, path) {
            throw PenstockError(
                .invalidConfiguration,
                at: .write,
                "\(path) is the picture itself, which is not written over: name another folder for what is drawn."
            )
        }
        try FileSystem.makeDirectory(path.parent)
        try AtomicFile.write(bytes, to: try free(path))
    }
}

extension PicturePlaces {
    /// The path below the folder at which a picture of this name is written; no two names of pictures share one.
    static func place(of name: FilePath) -> [UInt8] {
        let parts = name.bytes.split(separator: UInt8(ascii: "/")).filter { $0 != [0x2E] }
        // A step up would leave the folder.
        let kept = parts.map { $0 == [0x2E, 0x2E] ? Array("__".utf8) : Array($0) }
        let path = FilePath(bytes: kept.joined(separator: [UInt8(ascii: "/")]))
        let isNamedJPEG = jpegEndings.contains(path.lowercasedExtension)
        // `a.png.jpg` is where `a.png` goes, so a picture of that name goes elsewhere.
        let stem = FilePath(bytes: path.bytes.dropLast(path.lowercasedExtension.utf8.count + 1))
        let isTaken = otherEndings.contains(stem.lowercasedExtension) || jpegEndings.contains(stem.lowercasedExtension)
        return isNamedJPEG && !isTaken ? path.bytes : path.bytes + Array(".jpg".utf8)
    }

    private static let jpegEndings: Set<String> = ["jpg", "jpeg", "jpe", "jfif"]
    private static let otherEndings: Set<String> = [
        "png", "gif", "webp", "bmp", "tif", "tiff", "avif", "heic", "heif", "jp2", "jxl", "ppm", "pgm",
    ]

    /// The path, or one with a number where another picture of this run lies already.
    private func free(_ path: FilePath) throws(PenstockError) -> FilePath {
        if isFree(path) { return path }
        let dot = path.bytes.lastIndex(of: UInt8(ascii: ".")) ?? path.bytes.endIndex
        for number in 2...Self.mostOfOneName {
            let other = FilePath(bytes: path.bytes[..<dot] + Array(" (\(number))".utf8) + path.bytes[dot...])
            if isFree(other) { return other }
        }
        throw PenstockError(
            .invalidConfiguration,
            at: .write,
            "\(path) could not be written: \(Self.mostOfOneName) pictures of that name have been written already."
        )
    }

    private func isFree(_ path: FilePath) -> Bool {
        DiskTime(ofLastChangeOf: path).map { $0 < beginning } ?? true
    }

    private static let mostOfOneName = 1000
}
