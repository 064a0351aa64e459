package import PenstockCore
internal import PenstockImages

/// One picture to load.
package struct PictureInput: Hashable, Sendable {
    /// Its place in the job, from 0.
    package let index: Int
    /// The path or address, as it appears in the result.
    package let name: FilePath
    /// Where its bytes are.
    package let location: Location

    /// Where bytes are.
    package enum Location: Hashable, Sendable {
        /// In a file.
        case file
        /// At an `http` or `https` address.
        case address
        /// On its way from an address.
        case remote(RemotePicture)
        /// Here.
        case memory([UInt8])
    }

    /// Makes an input.
    package init(index: Int, name: FilePath, location: Location) {
        self.index = index
        self.name = name
        self.location = location
    }
}

extension FilePath {
    /// Whether this is an address rather than a path.
    var isAddress: Bool {
        URLFetcher.fetches(String(decoding: bytes.prefix(8), as: UTF8.self))
    }

    /// Whether the name ends as pictures' names do.
    ///
    /// In a folder that decides what is taken for a picture; what a file holds is decided by its content alone.
    var isNamedLikePicture: Bool {
        pictureExtensions.contains(lowercasedExtension)
    }
}

private let pictureExtensions: Set<String> = [
    "apng", "avif", "bmp", "dds", "dib", "dpx", "exr", "gif", "hdr", "heic", "heif", "ico", "j2c", "j2k", "jfif", "jp2",
    "jpe", "jpeg", "jpg", "jxl", "pam", "pbm", "pcx", "pfm", "pgm", "png", "pnm", "ppm", "psd", "qoi", "ras", "sgi",
    "tga",
    "tif", "tiff", "webp", "xbm", "xwd",
]
