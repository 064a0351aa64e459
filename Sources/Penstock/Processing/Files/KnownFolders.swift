internal import PenstockCore
internal import Synchronization

/// Makes the folders of outputs, each once.
final class KnownFolders: Sendable {
    private let known = Mutex<Set<FilePath>>([])

    /// Enough for any folder tree that is gone through in order.
    private static let mostKnown = 1024

    /// Makes a folder and those above it, unless this was done before.
    func make(_ folder: FilePath) throws(PenstockError) {
        if known.withLock({ $0.contains(folder) }) { return }
        try FileSystem.makeDirectory(folder)
        known.withLock { known in
            if known.count >= Self.mostKnown { known = [] }
            known.insert(folder)
        }
    }

    /// Has a folder looked for again: somebody may have removed it.
    func forget(_ folder: FilePath) {
        known.withLock { _ = $0.remove(folder) }
    }
}
