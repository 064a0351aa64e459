internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

extension ClassificationJob {
    /// What a job is to do, and within which bounds. The defaults suit a folder of photos.
    public struct Options: Sendable {
        /// How many classes a result holds at most.
        public var topCount: Int = 5
        /// Classes below this score are left out; `nil` leaves none out.
        public var minimumScore: Float?
        /// Threads that read, decode and prepare; `nil` takes one for each core.
        public var workers: Int?
        /// Items that may be under way between being begun and being taken; `nil` takes enough for a slow item not to
        /// hold the others up.
        public var window: Int?
        /// Whether results come in the order of the source, or as they are done.
        public var isOrdered: Bool = true
        /// How long a batch that is not full may wait for company; `nil` waits for the end of the source, so that
        /// timing never decides what runs together.
        public var maxWait: Duration?
        /// Pictures with more pixels than this are refused.
        public var maxPixels: Int = DecodeOptions.defaultMaxPixels
        /// Whether a file that is cut short is decoded as far as it goes.
        public var allowsTruncated: Bool = false
        /// Whether a JPEG may be decoded straight to a smaller size, which is faster and changes the pixels a little.
        public var allowsFastDecode: Bool = false
        /// How long an address may take to answer.
        public var timeout: Duration = .seconds(30)
        /// Results that an earlier run of the same job already holds; they are not made again.
        package var recorded: RecordedItems?

        /// Makes the default options.
        public init() {}
    }
}

extension ClassificationJob.Options {
    func workers(_ session: Session) -> Int {
        max(1, workers ?? session.cores)
    }

    /// The largest picture that is fetched. Several are under way at once, and a server may send without end.
    private static let mostBytesFetched = 64 << 20

    /// What fetches an address, until the job is to end.
    func fetcher(_ stopping: CancellationFlag) -> RemotePictures.Fetch {
        var configuration = URLFetcher.Configuration()
        configuration.maxBytes = Self.mostBytesFetched
        configuration.deadline = timeout
        configuration.idleTimeout = min(configuration.idleTimeout, timeout)
        return { [configuration] address throws(PenstockError) in
            let fetcher = URLFetcher(configuration, cancellation: stopping)
            // The fetcher keeps the bytes until its next fetch; there is none.
            return unsafe Array(try fetcher.fetch(address.description))
        }
    }

    func flow(_ session: Session) -> FlowConfiguration {
        let slots = session.requests.count * session.batch.capacity
        return FlowConfiguration(
            workers: workers(session),
            batchCapacity: session.batch.capacity,
            maxWait: maxWait,
            window: max(session.batch.capacity, window ?? max(256, 4 * slots)),
            isOrdered: isOrdered
        )
    }
}
