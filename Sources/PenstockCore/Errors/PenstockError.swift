/// What went wrong, on what, and what to try.
///
/// Bad data throws one of these; a broken contract of the library itself traps instead. The `message` is a whole
/// sentence for a person. Programs compare `code`, which every module extends with its own values.
public struct PenstockError: Error, Hashable, Sendable {
    /// A kind of failure that a program can act on.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable name, as it may be logged.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// The step of the pipeline in which an item failed.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Finding the inputs: folders, globs and lists.
        case list
        /// Fetching the bytes from a disk or the network.
        case read
        /// Turning bytes into pixels.
        case decode
        /// Resizing and normalising.
        case preprocess
        /// Reading, compiling or running the model.
        case infer
        /// Writing results.
        case write
        /// Understanding what was asked for.
        case configure
    }

    /// The kind of failure.
    public var code: Code
    /// Where in the pipeline it happened.
    public var stage: Stage
    /// What failed, why, and what to try, for a person to read.
    public var message: String
    /// The status that the underlying C library returned, when there was one.
    public var status: Int32?

    /// Makes an error.
    public init(_ code: Code, at stage: Stage, _ message: String, status: Int32? = nil) {
        self.code = code
        self.stage = stage
        self.message = message
        self.status = status
    }
}

extension PenstockError: CustomStringConvertible {
    /// The message alone: it is written to stand by itself.
    public var description: String { message }
}

extension PenstockError.Code {
    /// A setting is out of its range, or two settings contradict each other.
    public static let invalidConfiguration = Self(rawValue: "invalidConfiguration")
    /// A named file, folder or address does not exist.
    public static let notFound = Self(rawValue: "notFound")
    /// A file exists but this process may not read or write it.
    public static let permissionDenied = Self(rawValue: "permissionDenied")
    /// A path names something that is not a regular file where one was needed.
    public static let notAFile = Self(rawValue: "notAFile")
    /// The bytes are damaged or cut short.
    public static let corrupt = Self(rawValue: "corrupt")
    /// The bytes are of a kind that nothing here reads.
    public static let unsupported = Self(rawValue: "unsupported")
    /// An input is larger than a stated limit.
    public static let tooLarge = Self(rawValue: "tooLarge")
    /// The operating system or a remote machine failed a read or a write.
    public static let inputOutput = Self(rawValue: "inputOutput")
    /// Something took longer than it was allowed to.
    public static let timedOut = Self(rawValue: "timedOut")
    /// Work was given up because the job was stopped.
    public static let cancelled = Self(rawValue: "cancelled")
}
