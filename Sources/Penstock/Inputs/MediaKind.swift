internal import PenstockCore
internal import PenstockImages
package import PenstockVideo

/// What a name turns out to name.
package enum MediaKind: Hashable, Sendable {
    /// One picture, in a file.
    case picture
    /// One picture, at an address.
    case remotePicture
    /// Frames.
    case video(VideoLocation)

    /// Judges a file or an address by its name, and where that does not tell, by its content.
    ///
    /// - Parameter isLive: Whether addresses are streams whatever they are called.
    init(_ path: FilePath, isLive: Bool) {
        if let scheme = path.scheme {
            let isPicture = !isLive && scheme.hasPrefix("http") && !path.isNamedLikeVideo
            self = isPicture ? .remotePicture : .video(.address(path.description))
        } else if path.isNamedLikePicture {
            self = .picture
        } else if path.isNamedLikeVideo || FileSystem.isPipe(path) {
            self = .video(.file(path))
        } else if FileSystem.isCamera(path) {
            self = .video(.camera(path))
        } else {
            self = VideoContent.isVideo(path) ? .video(.file(path)) : .picture
        }
    }
}

extension FilePath {
    /// The protocol of an address that is read as a stream or fetched; `nil` for a path.
    var scheme: String? {
        VideoLocation.scheme(ofKnown: description)
    }

    /// Whether the name ends as pictures' names do.
    ///
    /// In a folder that decides what is taken for a picture; what a file holds is decided by its content alone.
    var isNamedLikePicture: Bool { pictureExtensions.contains(lowercasedExtension) }

    /// Whether a file in a folder is to be read. Programs are written in files called `.ts`, too.
    var isWantedOfFolder: Bool {
        isNamedLikePicture || (isNamedLikeVideo && (lowercasedExtension != "ts" || VideoContent.isVideo(self)))
    }

    /// Whether the name ends as videos' names do; an address may go on with a query.
    var isNamedLikeVideo: Bool {
        let name = scheme == nil ? self : FilePath(bytes: bytes.prefix { $0 != UInt8(ascii: "?") })
        return videoExtensions.contains(name.lowercasedExtension)
    }
}

private let pictureExtensions: Set<String> = [
    "apng", "avif", "bmp", "dds", "dib", "dpx", "exr", "gif", "hdr", "heic", "heif", "ico", "j2c", "j2k", "jfif", "jp2",
    "jpe", "jpeg", "jpg", "jxl", "pam", "pbm", "pcx", "pfm", "pgm", "png", "pnm", "ppm", "psd", "qoi", "ras", "sgi",
    "tga", "tif", "tiff", "webp", "xbm", "xwd",
]

private let videoExtensions: Set<String> = [
    "264", "265", "3g2", "3gp", "asf", "avi", "divx", "dv", "f4v", "flv", "h264", "h265", "hevc", "ivf", "m2ts", "m2v",
    "m3u8", "m4v", "mjpeg", "mjpg", "mkv", "mov", "mp4", "mpd", "mpeg", "mpg", "mts", "mxf", "nut", "ogv", "rm", "ts",
    "vob", "webm", "wmv", "y4m",
]
