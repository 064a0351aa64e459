internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// Looks records up on a thread of its own, since that reads files.
final class ReferenceReader: Sendable {
    private let index: Mutex<ReferenceIndex>
    private let thread: StandingThread

    /// Takes an index over.
    init(_ index: ReferenceIndex) throws(PenstockError) {
        self.index = Mutex(index)
        thread = try StandingThread()
    }

    /// Finds what the reference says of an item.
    func find(_ source: FilePath, _ frame: Int?) async throws -> ReferenceIndex.Finding {
        try await thread.run { [self] in
            try index.withLock { (index) throws(PenstockError) in try index.find(source, frame) }
        }
    }

    /// How many records nothing has asked for, and the first of them.
    func unused(_ count: Int) async throws -> (count: Int, first: [ReferenceItem]) {
        try await thread.run { [self] in
            try index.withLock { (index) throws(PenstockError) in (index.unused, try index.firstUnused(count)) }
        }
    }
}
