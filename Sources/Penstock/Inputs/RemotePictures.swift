internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// Fetches pictures ahead of the loaders, several at once: an address takes as long as a hundred files.
///
/// The source begins fetches in the order of the job; a loader that gets to a picture waits for its bytes. At most
/// `ahead` pictures are under way or waiting for their loader, which bounds the memory.
final class RemotePictures: Sendable {
    typealias Fetch = @Sendable (FilePath) throws(PenstockError) -> [UInt8]

    private struct State: Sendable {
        var queue: [RemotePicture] = []
        var unclaimed = 0
        var threads = 0
        var idle = 0
        var isClosed = false
    }

    private let state = Monitor(State())
    private let fetch: Fetch
    private let stopping: CancellationFlag
    private let mostThreads: Int
    private let ahead: Int

    /// How often a wait looks whether the job is to end.
    private static let patience = Duration.milliseconds(100)

    init(threads: Int = 8, ahead: Int = 16, stopping: CancellationFlag, fetch: @escaping Fetch) {
        mostThreads = threads
        self.ahead = ahead
        self.stopping = stopping
        self.fetch = fetch
    }

    /// Pictures that are really fetched, each within `timeout`, until the job is to end.
    convenience init(stopping: CancellationFlag, timeout: Duration) {
        var configuration = URLFetcher.Configuration()
        configuration.maxBytes = Self.mostBytes
        configuration.deadline = timeout
        configuration.idleTimeout = min(configuration.idleTimeout, timeout)
        self.init(stopping: stopping) { [configuration] address throws(PenstockError) in
            let fetcher = URLFetcher(configuration, cancellation: stopping)
            // The fetcher keeps the bytes until its next fetch; there is none.
            return unsafe Array(try fetcher.fetch(address.description))
        }
    }

    /// The largest picture that is fetched. Several are under way at once, and a server may send without end.
    private static let mostBytes = 64 << 20
}

extension RemotePictures {
    /// Begins to fetch an address. Sleeps while too many pictures wait for their loaders.
    func begin(_ address: FilePath) -> RemotePicture {
        let picture = RemotePicture(address, owner: self)
        let needsThread = state.wait(.source) { state -> Waiting<Bool> in
            guard state.unclaimed < ahead || stopping.isRaised else { return .until(.now + Self.patience) }
            state.unclaimed += 1
            state.queue.append(picture)
            guard state.queue.count > state.idle, state.threads < mostThreads else { return .ready(false) }
            state.threads += 1
            return .ready(true)
        }
        if needsThread { startThread() } else { state.wakeAll(.loaders) }
        return picture
    }

    /// Lets the threads end once the queue is empty: no more will be begun.
    func close() {
        state.withLock { $0.isClosed = true }
        state.wakeAll(.loaders)
    }

    /// Notes that a loader has its picture.
    fileprivate func claimed() {
        state.withLock { $0.unclaimed -= 1 }
        state.wakeAll(.source)
    }

    private func startThread() {
        do throws(PenstockError) {
            try DedicatedThread.start { self.run() }
        } catch {
            // Without its thread a fetch would never end; let whoever waits know.
            let stranded = state.withLock { state in
                state.threads -= 1
                defer { if state.threads == 0 { state.queue = [] } }
                return state.threads == 0 ? state.queue : []
            }
            for picture in stranded { picture.finish(.failure(error)) }
        }
    }

    private func run() {
        while let picture = next() {
            do throws(PenstockError) {
                picture.finish(.success(try fetch(picture.address)))
            } catch {
                picture.finish(.failure(error))
            }
        }
    }

    private func next() -> RemotePicture? {
        state.withLock { $0.idle += 1 }
        return state.wait(.loaders) { state in
            guard state.queue.isEmpty else {
                state.idle -= 1
                return .ready(state.queue.removeFirst())
            }
            guard state.isClosed else { return .until(nil) }
            state.idle -= 1
            state.threads -= 1
            return .ready(nil)
        }
    }
}

/// A picture on its way from an address.
package final class RemotePicture: Sendable {
    let address: FilePath
    private let owner: RemotePictures
    private let outcome = Monitor<Result<[UInt8], PenstockError>?>(nil)

    init(_ address: FilePath, owner: RemotePictures) {
        self.address = address
        self.owner = owner
    }

    /// Waits for the bytes. Called once, by the loader that has the picture.
    func bytes() throws(PenstockError) -> [UInt8] {
        defer { owner.claimed() }
        return try outcome.wait(.loaders) { $0.map { .ready($0) } ?? .until(nil) }.get()
    }

    fileprivate func finish(_ result: Result<[UInt8], PenstockError>) {
        outcome.withLock { $0 = result }
        outcome.wakeAll(.loaders)
    }
}

/// Two are equal only when they are one.
extension RemotePicture: Hashable {
    package static func == (left: RemotePicture, right: RemotePicture) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
