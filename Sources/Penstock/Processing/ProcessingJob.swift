package import PenstockCore
public import PenstockFlow

/// Reads pictures and frames, transforms them and writes them, each step beside the others, within fixed bounds.
///
/// A job is read once, by one task: its elements are what became of each item, in order, after the item's file has its
/// name. Leaving the loop early, or cancelling the task, stops the job and gives back all that it holds.
public final class ProcessingJob: Sendable {
    /// What a job is to do.
    public struct Options: Sendable {
        /// What is done to each picture, in this order.
        public var operations: [PictureOperation] = []
        /// Where the files go.
        public var output: OutputSettings
        /// What is done with videos among the inputs.
        public var video = VideoSettings()
        /// Threads that decode, transform and encode; `nil` chooses.
        public var workers: Int?
        /// How many items may be under way or done ahead of the slowest; `nil` chooses.
        public var window: Int?
        /// Whether results come in the order of the inputs.
        public var isOrdered = true
        /// Whether the first failure stops the job.
        public var stopsOnError = false
        /// The most pixels that a picture may have.
        public var maxPixels = ClassificationJob.Options().maxPixels
        /// Whether a file that is cut short is decoded as far as it goes.
        public var allowsTruncated = false
        /// How long an address may take to answer.
        public var timeout = ClassificationJob.Options().timeout
        /// What an earlier run has done already.
        package var recorded: RecordedItems?
        /// What keeps account on disk.
        package var record: (any ProcessRecord)?

        /// Makes the default options for an output.
        public init(output: OutputSettings) {
            self.output = output
        }
    }

    /// Prepares a job.
    ///
    /// - Throws: A `PenstockError` where the output's place will not do, or an operation cannot be carried out at all.
    public init(_ source: PictureSource, options: Options) throws {
        preconditionFailure("not built yet")
    }

    /// Takes no more items, and finishes those under way; their results still come.
    public func stop() {}

    /// Where every item is at this moment.
    public var accounting: Accounting { preconditionFailure("not built yet") }

    /// What the job did and where its time went; whole once the last result was taken.
    public var summary: ProcessSummary { preconditionFailure("not built yet") }

    /// The path of the unfinished twin of an item's file, beside that file.
    package static func unfinished(of output: FilePath, index: Int) -> FilePath {
        output.parent.appending(".penstock-\(index).partial")
    }
}

extension ProcessingJob: AsyncSequence {
    public typealias Element = ProcessedPicture

    /// Starts the job.
    public func makeAsyncIterator() -> Iterator { Iterator() }

    /// Takes a job's results one by one.
    public struct Iterator: AsyncIteratorProtocol {
        /// The next result; `nil` at the end.
        public func next() async throws -> ProcessedPicture? { nil }
    }
}
