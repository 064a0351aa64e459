package import PenstockCore

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
    /// Reads it from a file's bytes; what is damaged, or larger than any real one, counts as absent.
    ///
    /// EXIF is found in JPEG, PNG, WebP, AVIF and HEIF, and stands upright without its thumbnail; profiles are found in
    /// TIFF as well. XMP, comments, and what other formats hold are not kept.
    package init(of file: UnsafeRawBufferPointer, format: PictureFormat, keeping choice: MetadataChoice) {
        self.init()
        guard choice != .none else { return }
        // The span does not outlive `file`, which the caller keeps for the length of the call.
        let found = unsafe FoundMetadata(file.assumingMemoryBound(to: UInt8.self).span, format)
        icc = found.icc.flatMap { ColorProfile.isSound($0) ? $0 : nil }
        guard choice == .all, let block = found.exif else { return }
        exif = EXIFBlock(block)?.upright.bytes
    }

    /// The same, without a profile that is not for such pixels.
    package func fitting(_ layout: PixelLayout) -> PictureMetadata {
        PictureMetadata(exif: exif, icc: icc.flatMap { ColorProfile.fits($0, layout) ? $0 : nil })
    }

    /// Sets the size that the EXIF block says the picture has, where it says one.
    package mutating func describe(_ size: ImageSize) {
        guard let exif, var block = EXIFBlock(exif) else { return }
        block.describe(size)
        self.exif = block.bytes
    }
}
