internal import Glibc
internal import PenstockCore

/// Makes sure that names survive a loss of power: one sync of each folder that a batch of files went into.
final class Durability {
    /// Folders whose own names are safe already.
    private var safe: Set<FilePath> = []

    private static let mostRemembered = 4096

    /// Syncs the folders of the items that have just got their names; those of a folder that cannot be synced have failed.
    func sync(_ items: [PendingItem], below root: FilePath) -> [PendingItem] {
        var failures: [FilePath: PenstockError] = [:]
        for folder in Set(items.compactMap { $0.folder(below: root) }) {
            do throws(PenstockError) { try sync(folder, below: root) } catch { failures[folder] = error }
        }
        if failures.isEmpty { return items }
        return items.map { item in
            item.folder(below: root).flatMap { failures[$0] }.map { item.failed($0) } ?? item
        }
    }

    private func sync(_ folder: FilePath, below root: FilePath) throws(PenstockError) {
        try Self.sync(folder)
        if safe.isEmpty { Self.syncFolders(around: root) }
        if safe.isEmpty || safe.count >= Self.mostRemembered { safe = [root] }
        var below = folder
        while safe.insert(below).inserted, below.parent != below {
            below = below.parent
            try Self.sync(below)
        }
    }

    /// Makes the name of the job's own folder safe, and those of the folders around it, which may be as new.
    private static func syncFolders(around root: FilePath) {
        var folder = root
        while folder.parent != folder {
            folder = folder.parent
            // One that others made need not be readable.
            try? sync(folder)
        }
    }

    private static func sync(_ folder: FilePath) throws(PenstockError) {
        let descriptor = unsafe folder.withCString { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.writing(folder, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemFailure.writing(folder, errno) }
    }
}

extension PendingItem {
    /// The folder that the item's file went into; `nil` where none did.
    fileprivate func folder(below root: FilePath) -> FilePath? {
        file == nil ? nil : result.outcome.file.map { root.appending($0.output.bytes).parent }
    }
}
