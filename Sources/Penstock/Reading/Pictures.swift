public import PenstockCore
internal import PenstockFlow

/// The pictures and frames of a source as pixels, decoded ahead on threads of their own, in order, in bounded memory.
///
/// ```swift
/// for try await picture in Pictures(.folder("photos")) {
///     let pixels = try picture.pixels.get()
/// }
/// ```
///
/// What cannot be read is an element as well, and ends nothing. Leaving the loop stops the decoding.
public struct Pictures: AsyncSequence, Sendable {
    /// What the loop gets.
    public typealias Element = Picture

    let source: PictureSource
    let configuration: Configuration

    /// How pictures are decoded.
    public struct Configuration: Sendable {
        /// Threads that decode; `nil` takes one for each core.
        public var workers: Int?
        /// How many pictures may be decoded, or being decoded, ahead of the one in use; `nil` takes two for each worker.
        public var ahead: Int?
        /// The layout that is wanted; `nil` takes what the file holds. A JPEG's luma costs less than its colours.
        public var layout: PixelLayout?
        /// What is done with videos among the inputs.
        public var video = VideoSettings()
        /// The most pixels that a picture may have.
        public var maxPixels = ClassificationJob.Options().maxPixels
        /// Whether a file that is cut short is decoded as far as it goes.
        public var allowsTruncated = false
        /// How long an address may take to answer.
        public var timeout = ClassificationJob.Options().timeout

        /// Makes the default configuration.
        public init() {}
    }

    /// Names what is to be decoded; nothing is read yet.
    public init(_ source: PictureSource, configuration: Configuration = Configuration()) {
        self.source = source
        self.configuration = configuration
    }

    /// Starts the decoding.
    public func makeAsyncIterator() -> Iterator { Iterator(PicturesAhead(self)) }

    /// Waits for picture after picture.
    public struct Iterator: AsyncIteratorProtocol {
        private let pictures: PicturesAhead

        fileprivate init(_ pictures: PicturesAhead) {
            self.pictures = pictures
        }

        /// The next picture; `nil` at the end.
        ///
        /// - Throws: `CancellationError` when the task is cancelled; a `PenstockError` where the system refuses threads.
        public func next() async throws -> Picture? { try await pictures.next() }
    }
}

/// A picture that was read, or why it was not.
public struct Picture: Sendable {
    /// The file or address, as it was found.
    public var source: FilePath
    /// The name below the input folder that it was found in, or else its last part.
    public var name: FilePath
    /// Its number, from 0 in the order of the inputs.
    public var index: Int
    /// Where a frame stands in its video.
    public var moment: FrameMoment?
    /// The pixels, upright.
    public var pixels: Result<PixelBuffer, PenstockError>
}
