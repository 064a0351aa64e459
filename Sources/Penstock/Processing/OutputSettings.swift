public import PenstockCore
public import PenstockImages

/// Where a processing job's files go, and what they are.
public struct OutputSettings: Sendable {
    /// The folder for everything, made if it is missing; or the file of one video, by its ending.
    public var place: FilePath
    /// What is written.
    public var format: OutputKind = .keep
    /// How each file is named below the folder; `nil` keeps the source's folders and name. See `OutputName`.
    public var name: OutputName?
    /// What becomes of a picture whose file is there already.
    public var onConflict: ConflictChoice = .fail
    /// What goes along with the pixels.
    public var metadata: MetadataChoice = .all
    /// Whether nothing may be lost: JPEGs are turned, mirrored, cut and made grey without being decoded, and WebP keeps
    /// every pixel. What cannot be done so is an error of that picture.
    public var isLossless = false
    /// Whether a picture whose samples have more than 8 bits is refused rather than rounded.
    public var keepsDepth = false
    /// Whether files are on the disk, and not only with the system, before they count as written.
    public var isDurable = false
    /// How much finished work may wait for the disk: files.
    public var queue: Int?
    /// The constant rate factor of videos, 0 to 51: lower is finer.
    public var videoQuality: Int?

    /// Makes the default settings for a place.
    public init(_ place: FilePath) {
        self.place = place
    }
}

/// What a processing job writes.
public enum OutputKind: Hashable, Sendable {
    /// What the source is: a JPEG becomes a JPEG and a video a video. Pictures of kinds that are not written become PNG.
    case keep
    /// Pictures, one for each picture and each frame.
    case picture(PictureEncoding)
    /// Videos of this ending (`mp4`, `mov` or `mkv`), one for each video; pictures fail.
    case video(String)
}

/// What becomes of a picture whose file was there before the job.
///
/// Two pictures of one job never take the same file: the second is an error, or gets a number by `rename`.
public enum ConflictChoice: String, Hashable, Sendable, CaseIterable {
    /// It is not made; its result names the file that is there.
    case skip
    /// The file is replaced, at once and whole.
    case overwrite
    /// The new file gets a number.
    case rename
    /// It is an error.
    case fail
}
