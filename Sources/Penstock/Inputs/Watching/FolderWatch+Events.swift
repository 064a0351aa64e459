internal import Glibc
internal import PenstockCore

// What each of the system's events leads to.

extension FolderWatch {
    func handle(_ event: FolderEvent) {
        if event.has(IN_Q_OVERFLOW) { return startOver() }
        guard let folder = folders[event.watch] else { return }
        if folder == root, event.has(IN_DELETE_SELF) || event.has(IN_MOVE_SELF) || event.has(IN_UNMOUNT) {
            return end(Self.gone(root, event))
        }
        if event.has(IN_IGNORED) { return folders.remove(event.watch) }
        guard !event.name.isEmpty else { return }
        let path = folder.appending(event.name)
        if !event.completes(departing?.cookie) { settleDeparture() }
        if event.has(IN_ISDIR) { handleFolder(event, path) } else { handleFile(event, path) }
    }

    private func handleFolder(_ event: FolderEvent, _ path: FilePath) {
        if event.has(IN_MOVED_FROM) {
            departing = (event.cookie, path)
            return
        }
        if let departed = departing?.path, folders.contains(departed), !path.hasHiddenName {
            // Only its name has changed: what is in it has been seen.
            departing = nil
            return rename(departed, to: path)
        }
        settleDeparture()
        if event.has(IN_CREATE) || event.has(IN_MOVED_TO) { enter(path, taking: .everything) }
    }

    private func handleFile(_ event: FolderEvent, _ path: FilePath) {
        if event.has(IN_CLOSE_WRITE) || event.has(IN_MOVED_TO) {
            complete(path)
        } else if event.has(IN_CREATE), FileVersion.isLink(path) {
            // A link is complete when it is made; any other new file is about to be written.
            complete(path)
        }
    }

    /// Gives up the folder that was moved away, with what is in it.
    func settleDeparture() {
        guard let departed = departing.take() else { return }
        for watch in folders.removeAll(under: departed.path) { queue.stopWatching(watch) }
    }
}

extension FolderEvent {
    /// Whether this is the second half of a move of which the first had the cookie.
    fileprivate func completes(_ cookie: UInt32?) -> Bool {
        has(IN_MOVED_TO) && self.cookie == cookie
    }
}

extension FolderWatch {
    private static func gone(_ root: FilePath, _ event: FolderEvent) -> PenstockError {
        let what =
            if event.has(IN_UNMOUNT) {
                "The disk with \(root) was unmounted"
            } else if event.has(IN_MOVE_SELF) {
                "\(root) was moved away"
            } else {
                "\(root) was deleted"
            }
        return PenstockError(.notFound, at: .list, "\(what) while it was watched. Start again when it is back.")
    }
}
