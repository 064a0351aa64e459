/// What goes with a picture's pixels from file to file.
package struct PictureMetadata: Hashable, Sendable {
    /// The EXIF block: a TIFF structure without any prefix, whose orientation is upright.
    package var exif: [UInt8]?
    /// The colour profile.
    package var icc: [UInt8]?

    /// Nothing.
    package static let none = PictureMetadata()

    package init(exif: [UInt8]? = nil, icc: [UInt8]? = nil) {
        self.exif = exif
        self.icc = icc
    }
}

/// What of it is kept.
public enum MetadataChoice: String, Hashable, Sendable, CaseIterable {
    /// All that the written format holds.
    case all
    /// The colour profile, without which colours would change.
    case icc
    /// Nothing.
    case none
}

extension PictureMetadata {
    /// Reads it from a file's bytes; what is damaged counts as absent.
    package init(of file: UnsafeRawBufferPointer, format: PictureFormat, keeping choice: MetadataChoice) {
        self.init()
    }
}
