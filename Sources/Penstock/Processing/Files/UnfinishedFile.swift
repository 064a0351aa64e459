internal import Glibc
internal import PenstockCore
internal import Synchronization

/// A file beside its place, on its way to its name. It disappears with the last reference, unless it got its name.
final class UnfinishedFile: Sendable {
    /// Where it lies.
    let path: FilePath
    /// Where it is to lie, by which messages call it.
    let place: FilePath
    private let exists = Atomic(false)

    /// Describes a file that is not there yet.
    init(for place: FilePath, at path: FilePath) {
        self.place = place
        self.path = path
    }

    deinit {
        remove()
    }
}

extension UnfinishedFile {
    /// Opens the file, made anew, to be written; the caller closes it.
    func create() throws(PenstockError) -> Int32 {
        // Somebody else's link under this name must not lead elsewhere.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        // The path is a C string for the length of the call.
        let descriptor = unsafe path.withCString { unsafe open($0, flags, 0o644) }
        guard descriptor >= 0 else { throw SystemFailure.writing(place, errno) }
        exists.store(true, ordering: .relaxed)
        return descriptor
    }

    /// Takes over a whole file, which disappears where that fails.
    func adopt(_ whole: FilePath) throws(PenstockError) {
        do throws(PenstockError) {
            if whole != path { try AtomicFile.rename(whole, to: path) }
        } catch {
            _ = unsafe whole.withCString { unsafe unlink($0) }
            throw error
        }
        exists.store(true, ordering: .relaxed)
    }

    /// Gives the file its name, in place of whatever has it.
    func replace(_ name: FilePath) throws(PenstockError) {
        try AtomicFile.rename(path, to: name)
        exists.store(false, ordering: .relaxed)
    }

    /// Gives the file its name, unless something has it.
    func take(_ name: FilePath) throws(PenstockError) -> NewName.Outcome {
        let outcome = try NewName.give(name, to: path)
        if outcome == .given { exists.store(false, ordering: .relaxed) }
        return outcome
    }

    /// Removes the file, if it is there.
    func remove() {
        guard exists.exchange(false, ordering: .relaxed) else { return }
        _ = unsafe path.withCString { unsafe unlink($0) }
    }
}
