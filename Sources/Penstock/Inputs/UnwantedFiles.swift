internal import PenstockCore
internal import Synchronization

/// Counts the files in folders that were left out because they are not named like pictures.
final class UnwantedFiles: Sendable {
    private let state = Mutex<(count: Int, first: FilePath?)>((0, nil))

    /// How many there were, and the first of them.
    var found: (count: Int, first: FilePath?) { state.withLock { $0 } }

    func add(_ path: FilePath) {
        state.withLock { state in
            state.count += 1
            state.first = state.first ?? path
        }
    }
}
