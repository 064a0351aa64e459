internal import PenstockCore

// Which folders are watched, and what is in those that are new.

extension FolderWatch {
    /// Notes that a folder has got another name, under which the files are found that were not there any more.
    func rename(_ old: FilePath, to new: FilePath) {
        folders.rename(old, to: new)
        let prefix = old.appending("")
        for path in vanished where path.bytes.starts(with: prefix.bytes) {
            complete(new.appending(path.bytes.dropFirst(prefix.bytes.count)))
        }
    }
}

extension FolderWatch {
    func watchRoot() throws(PenstockError) {
        guard FileSystem.isDirectory(root) else { throw Self.notAFolder(root) }
        folders.add(try queue.watch(root), root)
        listings.append(FolderListing(root, taking: .nothing))
        // What happens from now on in any folder that is there is seen.
        while !listings.isEmpty { list() }
    }

    /// Watches a folder and then looks at what is in it.
    func enter(_ path: FilePath, taking: FolderListing.Taking) {
        guard !path.hasHiddenName else { return }
        do throws(PenstockError) {
            let watch = try queue.watch(path)
            // A link may lead to a folder that is watched under another name.
            guard folders[watch].map({ $0 == path }) ?? true else { return }
            folders.add(watch, path)
            listings.append(FolderListing(path, taking: taking))
        } catch {
            // What has gone again by now is not missed.
            if FileSystem.exists(path) { report(.failure(path, error)) }
        }
    }

    /// Looks at one more entry of the last folder that was entered.
    func list() {
        let position = listings.count - 1
        do throws(PenstockError) {
            guard let entry = try listings[position].next() else {
                _ = listings.remove(at: position)
                return
            }
            let (path, taking) = (listings[position].folder.appending(entry.name), listings[position].taking)
            if entry.isDirectory { return enter(path, taking: taking) }
            if taking.includes(path) { complete(path) }
        } catch {
            let listing = listings.remove(at: position)
            if FileSystem.exists(listing.folder) { report(.failure(listing.folder, error)) }
        }
    }
}

extension FolderWatch {
    private static func notAFolder(_ path: FilePath) -> PenstockError {
        FileSystem.exists(path)
            ? PenstockError(.notAFile, at: .list, "\(path) is not a folder, and only folders are watched.")
            : PenstockError(
                .notFound,
                at: .list,
                "There is no folder \(path) to watch. Make it first, or check the path."
            )
    }
}
