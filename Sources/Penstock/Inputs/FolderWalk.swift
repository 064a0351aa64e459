internal import Glibc
internal import PenstockCore

/// Walks a folder and the folders in it, in the order of names, and yields the files that are wanted.
///
/// Memory is bounded by depth: each folder on the way down holds one pass of its names.
struct FolderWalk: IteratorProtocol {
    /// What the walk came upon.
    enum Element {
        /// A file that is wanted.
        case file(FilePath)
        /// A file that is named like neither a picture nor a video, in a walk without a pattern.
        case unwanted(FilePath)
        /// Something that could not be walked, or that should not be there.
        case failure(FilePath, PenstockError)
    }

    private struct Level {
        var names: SortedNames
        let path: FilePath
        let identity: Identity
    }

    private struct Identity: Equatable {
        let device: UInt
        let inode: UInt

        init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
        }

        /// What a path leads to; `nil` where there is nothing.
        init?(_ path: FilePath) {
            var status = stat()
            // `stat` fills the local structure and keeps nothing.
            guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return nil }
            self.init(status)
        }
    }

    private let pattern: GlobPattern?
    private var levels: [Level] = []
    private var pending: [Element] = []
    /// The names below the pattern's base.
    private var names: [FilePath] = []
    private let leftOut: Identity?

    /// A walk over everything below a folder that is named like a picture or a video.
    ///
    /// - Parameter leavingOut: A folder that is not entered, whatever it is called on the way; the first one is.
    init(_ folder: FilePath, leavingOut: FilePath? = nil) {
        pattern = nil
        leftOut = leavingOut.flatMap(Identity.init)
        enter(folder)
    }

    /// A walk over everything that matches a pattern.
    init(_ pattern: GlobPattern, leavingOut: FilePath? = nil) {
        self.pattern = pattern
        leftOut = leavingOut.flatMap(Identity.init)
        enter(pattern.base.bytes.isEmpty ? "." : pattern.base)
    }

    mutating func next() -> Element? {
        while pending.isEmpty, !levels.isEmpty { step() }
        return pending.isEmpty ? nil : pending.removeFirst()
    }

    private mutating func step() {
        do throws(PenstockError) {
            if let entry = try levels[levels.count - 1].names.next() { visit(entry) } else { leave() }
        } catch {
            // What was listed of the folder so far stays; the rest of it is one failure.
            pending.append(.failure(levels[levels.count - 1].path, error))
            leave()
        }
    }

    private mutating func visit(_ entry: SortedNames.Entry) {
        // What a job works with, here or in another process, is no input of any.
        if entry.name.starts(with: Self.ownPrefix) { return }
        let path = path(of: entry.name)
        guard entry.isDirectory else {
            return visitFile(path, named: FilePath(bytes: entry.name))
        }
        names.append(FilePath(bytes: entry.name))
        let matches = pattern?.matches(names) ?? true
        if matches, path.isNamedLikePicture { pending.append(.failure(path, Self.folderNamedLikePicture(path))) }
        if pattern?.mayMatch(below: names) ?? true { enter(path) } else { names.removeLast() }
    }

    private mutating func visitFile(_ path: FilePath, named name: FilePath) {
        if let pattern {
            if pattern.matches(names + [name]) { pending.append(.file(path)) }
        } else {
            pending.append(path.isWantedOfFolder ? .file(path) : .unwanted(path))
        }
    }

    /// Paths are written as a person would: a pattern without a folder in it gives plain names.
    private func path(of name: [UInt8]) -> FilePath {
        let folder = levels[levels.count - 1].path
        let isImplied = levels.count == 1 && pattern?.base.bytes.isEmpty == true
        return isImplied ? FilePath(bytes: name) : folder.appending(name)
    }

    private mutating func enter(_ path: FilePath) {
        do throws(PenstockError) {
            let identity = try identify(path)
            guard levels.isEmpty || identity != leftOut else {
                if !names.isEmpty { names.removeLast() }
                return
            }
            guard !levels.contains(where: { $0.identity == identity }) else { throw Self.loop(path) }
            levels.append(Level(names: SortedNames(path), path: path, identity: identity))
        } catch {
            pending.append(.failure(path, error))
            if !names.isEmpty { names.removeLast() }
        }
    }

    private mutating func leave() {
        levels.removeLast()
        if !names.isEmpty { names.removeLast() }
    }

    private func identify(_ path: FilePath) throws(PenstockError) -> Identity {
        var status = stat()
        let flags = R_OK | X_OK
        // `stat` fills the local structure; neither call keeps the path.
        let failure = unsafe path.withCString { unsafe stat($0, &status) == 0 && access($0, flags) == 0 ? 0 : errno }
        guard failure == 0 else {
            var error = SystemFailure.reading(path, failure)
            error.stage = .list
            throw error
        }
        return Identity(status)
    }
}

extension FolderWalk {
    /// What the names begin with of files and folders that are only there while a job runs, or until it goes on.
    private static let ownPrefix = Array(".penstock".utf8)

    private static func loop(_ path: FilePath) -> PenstockError {
        PenstockError(
            .folderLoop,
            at: .list,
            "\(path) leads back to a folder that it lies in; it is not entered again."
        )
    }

    private static func folderNamedLikePicture(_ path: FilePath) -> PenstockError {
        PenstockError(.notAFile, at: .list, "\(path) is named like a picture but is a folder.")
    }
}

extension PenstockError.Code {
    /// A link leads from a folder back into itself.
    static let folderLoop = Self(rawValue: "folderLoop")
}
