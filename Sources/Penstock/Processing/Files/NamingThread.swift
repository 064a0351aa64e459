internal import PenstockCore
internal import PenstockFlow

/// Gives finished files their names on a thread of its own, while its user is suspended.
final class NamingThread: Sendable {
    private let thread: StandingThread
    private let naming: Naming

    init(_ naming: sending Naming) throws(PenstockError) {
        thread = try StandingThread()
        self.naming = naming
    }

    /// Finishes a batch of items.
    ///
    /// - Throws: When the record of them cannot be kept, which ends the job.
    func finish(_ batch: [PendingItem]) async throws -> [ProcessedPicture] {
        try await thread.run { [naming] in try naming.finish(batch) }
    }
}
