import CFFmpeg
package import PenstockCore

/// Fetches pictures by http and https into memory that is kept between them; each loader thread owns one.
///
/// Redirects are followed, certificates are checked, and nothing but http and https is spoken, wherever a redirect
/// may lead.
@safe package final class URLFetcher {
    /// What a fetch may take.
    package struct Configuration: Hashable, Sendable {
        /// The largest body.
        package var maxBytes = FileReader.defaultMaxBytes
        /// The longest wait for a connection, or for the next bytes.
        package var idleTimeout: Duration = .seconds(10)
        /// The longest time for the whole.
        package var deadline: Duration = .seconds(60)

        package init() {}
    }

    private let configuration: Configuration
    private let memory = GrowableBuffer()
    private let patience: FetchPatience

    /// Makes a fetcher that gives up when `cancellation` is raised.
    package init(_ configuration: Configuration = Configuration(), cancellation: CancellationFlag = CancellationFlag())
    {
        self.configuration = configuration
        patience = FetchPatience(cancellation)
    }

    /// Whether text is an address that is fetched rather than a path.
    package static func fetches(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }

    /// Fetches an address; the bytes are valid until the next call, or the end of this object.
    package func fetch(_ address: String) throws(PenstockError) -> UnsafeRawBufferPointer {
        guard Self.fetches(address) else { throw .notFetched }
        FFmpegLog.clear()
        patience.begin(configuration.deadline)
        var connection = try unsafe open(address)
        // The connection was opened above, and is closed nowhere else.
        defer { unsafe avio_closep(&connection) }
        return try unsafe readAll(connection!)
    }
}

extension URLFetcher {
    private func open(_ address: String) throws(PenstockError) -> UnsafeMutablePointer<AVIOContext>? {
        var options: OpaquePointer?
        // The dictionary is this call's own; opening takes out what it understands.
        defer { unsafe av_dict_free(&options) }
        for (name, value) in settings { unsafe av_dict_set(&options, name, value, 0) }
        var connection: UnsafeMutablePointer<AVIOContext>?
        // The fetcher keeps `patience` alive for longer than any connection.
        var interrupt = unsafe AVIOInterruptCB(
            callback: { unsafe FetchPatience.at($0).isOver ? 1 : 0 },
            opaque: Unmanaged.passUnretained(patience).toOpaque()
        )
        let status = unsafe avio_open2(&connection, address, AVIO_FLAG_READ, &interrupt, &options)
        guard status >= 0, unsafe connection != nil else { throw failure(status, reading: false) }
        return unsafe connection
    }

    private var settings: [(String, String)] {
        [
            ("protocol_whitelist", "http,https,tcp,tls,httpproxy"),
            ("rw_timeout", "\(configuration.idleTimeout.microseconds)"),
            ("timeout", "\(configuration.idleTimeout.microseconds)"),
            ("tls_verify", "1"),
            ("user_agent", "penstock"),
            ("seekable", "0"),
        ]
    }

    private func readAll(
        _ connection: UnsafeMutablePointer<AVIOContext>
    ) throws(PenstockError) -> UnsafeRawBufferPointer {
        // Servers need not say how much is coming; a negative size means that this one did not.
        let announced = Int(unsafe avio_size(connection))
        guard announced <= configuration.maxBytes else { throw tooManyBytes }
        var room = max(announced + 1, 64 << 10)
        var base = try unsafe memory.reserve(room)
        var filled = 0
        while true {
            guard filled <= configuration.maxBytes else { throw tooManyBytes }
            if filled == room {
                room *= 2
                unsafe base = try memory.enlarge(to: room, keeping: filled)
            }
            let wanted = Int32(min(room - filled, 1 << 20))
            // `base` has room for what is asked for behind the bytes that are filled.
            let count = unsafe avio_read_partial(
                connection,
                (base + filled).assumingMemoryBound(to: UInt8.self),
                wanted
            )
            if count == 0 || count == penstock_av_error_eof || endsUnannounced(count) { break }
            guard count > 0 else { throw failure(count, reading: true) }
            filled += Int(count)
        }
        guard announced < 0 || filled >= announced else { throw failure(penstock_av_error(EIO), reading: true) }
        guard filled > 0 else { throw .emptyBody }
        return unsafe UnsafeRawBufferPointer(start: base, count: filled)
    }

    /// Whether a server that announced no length has closed the connection, which FFmpeg takes for a failure.
    private func endsUnannounced(_ status: Int32) -> Bool {
        status == penstock_av_error(EIO) && FFmpegLog.message.hasSuffix("should be \(UInt64.max)")
    }

    private var tooManyBytes: PenstockError { .bodyTooLarge(limit: configuration.maxBytes) }

    private func failure(_ status: Int32, reading: Bool) -> PenstockError {
        if patience.isCancelled { return .fetchCancelled }
        if patience.isOver { return .fetchTooLong(configuration.deadline) }
        return .fetching(status, reading: reading, FFmpegLog.message, idle: configuration.idleTimeout)
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
