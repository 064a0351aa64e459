internal import PenstockCore
internal import PenstockFlow

/// Gives the files of a folder, and of the folders in it, as they are completed there: closed after writing, or moved in.
///
/// What lies there at the beginning is not given. A folder that is made or moved in later is watched too, and what is
/// in it already counts as completed. Changes that other machines make on a network's disk are not seen by the system.
///
/// One thread takes; `WakeUp.raise` ends its wait from any other.
final class FolderWatch {
    /// What happened in the folder.
    enum Element {
        /// A file that is wanted was completed.
        case file(FilePath, Arrival)
        /// A file that nobody wants, going by its name, was completed.
        case unwanted(FilePath)
        /// Something that cannot be watched. When it is the folder itself, nothing follows.
        case failure(FilePath, PenstockError)
    }

    let root: FilePath
    let queue: InotifyQueue
    let stopping: WakeUp
    private let wants: (FilePath) -> Bool

    var folders = WatchedFolders()
    /// A folder that was just moved away; the next event says whether it came back under another name.
    var departing: (cookie: UInt32, path: FilePath)?
    var isOver = false
    /// Files that were gone when their turn came: their folder may have got another name meanwhile.
    var vanished: [FilePath] = []
    private var taken = TakenFiles()
    private var pending: [Element] = []
    private var events: ArraySlice<FolderEvent> = []
    var listings: [FolderListing] = []
    /// Everything that changed before this moment has been seen.
    private var caughtUp = Arrival.now.wallClock

    /// More than the system's queue has by default.
    private static let mostVanished = 32768
    /// How exactly file systems and the clock agree on the time.
    private static let clockMargin: Int64 = 2_000_000_000

    /// Begins to watch a folder. `wants` says by its name whether a file is given.
    ///
    /// - Throws: When there is no such folder, or the system will not watch it.
    init(
        _ root: FilePath,
        stopping: WakeUp,
        wants: @escaping (FilePath) -> Bool = { $0.isNamedLikePicture || $0.isNamedLikeVideo }
    ) throws(PenstockError) {
        self.root = root
        self.stopping = stopping
        self.wants = wants
        queue = try InotifyQueue()
        try watchRoot()
    }

    /// The next thing that happened; sleeps until there is something. `nil` once stopped, or when the folder is gone.
    func next() -> Element? {
        while !stopping.isRaised {
            if !pending.isEmpty { return pending.removeFirst() }
            if isOver { return nil }
            if !listings.isEmpty { list() } else if let event = events.popFirst() { handle(event) } else { read() }
        }
        return nil
    }

    func report(_ element: Element) {
        pending.append(element)
    }
}

/// One thread at a time has it: it is made on one, and handed over to the one that takes from it.
extension FolderWatch: @unchecked Sendable {}

// MARK: - Events

extension FolderWatch {
    /// Fetches what the system has to tell, and sleeps while that is nothing.
    private func read() {
        do throws(PenstockError) {
            events = try queue.read()[...]
            guard events.isEmpty else { return }
            settleDeparture()
            vanished = []
            caughtUp = Arrival.now.wallClock
            queue.wait(or: stopping)
        } catch {
            end(error)
        }
    }

    /// Reports what ended the watch.
    func end(_ error: PenstockError) {
        pending.append(.failure(root, error))
        isOver = true
    }

    /// The system lost events: everything is looked at again, for what has changed since all was known.
    func startOver() {
        listings.append(FolderListing(root, taking: .changed(since: caughtUp - Self.clockMargin)))
    }

    /// Gives a file that was completed, unless it is the same as when it was last given.
    func complete(_ path: FilePath) {
        guard !path.isNamedTemporarily else { return }
        guard let version = FileVersion(path) else {
            if vanished.count < Self.mostVanished { vanished.append(path) }
            return
        }
        guard wants(path) else { return report(.unwanted(path)) }
        if taken.insert(path, version) { report(.file(path, .now)) }
    }
}
