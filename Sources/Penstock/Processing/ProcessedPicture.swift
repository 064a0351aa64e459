public import PenstockCore
internal import PenstockFlow

/// What became of one picture or frame of a processing job.
public struct ProcessedPicture: Sendable {
    /// The file or address, as it was found.
    public var source: FilePath
    /// The item's number, from 0 in the order of the inputs.
    public var index: Int
    /// Where a frame stands in its video.
    public var moment: FrameMoment?
    /// How it ended.
    public var outcome: Outcome
    /// What was noticed and could be lived with, in a sentence: more bits than were kept, a damaged frame.
    public var warning: String?

    /// How an item ended.
    public enum Outcome: Hashable, Sendable {
        /// In a file.
        case written(WrittenFile)
        /// The file was there already and was left alone.
        case skipped(FilePath)
        /// In a video that is not finished yet; the item's file is told by the `video` that ends it.
        case encoded
        /// The frames of a video are all in its file. This is no item of its own: `frames` have been told as `encoded`.
        case video(WrittenFile, frames: Int)
        /// Not at all.
        case failed(PenstockError)
    }

    /// Makes a result.
    public init(source: FilePath, index: Int, outcome: Outcome) {
        self.source = source
        self.index = index
        self.outcome = outcome
    }
}

/// A file that is whole, under its name.
public struct WrittenFile: Hashable, Sendable {
    /// Its path below the job's folder.
    public var output: FilePath
    /// The picture's size.
    public var size: ImageSize
    /// How many bytes it has.
    public var bytes: Int
    /// The CRC-32 of the bytes, as zlib computes it.
    public var checksum: UInt32

    /// Describes a file.
    public init(output: FilePath, size: ImageSize, bytes: Int, checksum: UInt32) {
        self.output = output
        self.size = size
        self.bytes = bytes
        self.checksum = checksum
    }
}
