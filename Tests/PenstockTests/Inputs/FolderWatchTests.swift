import Foundation
import PenstockCore
import PenstockFlow
import Testing

@testable import Penstock

@Suite struct FolderWatchTests {
    private let folder: TemporaryFolder
    private let stopping: WakeUp

    init() throws {
        folder = try TemporaryFolder()
        try folder.folder("in")
        stopping = try WakeUp()
    }

    private var root: FilePath { folder.path.appending("in") }

    private func watch() throws -> FolderWatch { try FolderWatch(root, stopping: stopping) }

    /// What the watch gives up to and including a file that is made last, relative to the folder; failures are marked.
    private func found(_ watch: FolderWatch) throws -> [String] {
        try folder.file("in/last.jpg")
        var found: [String] = []
        while let element = watch.next() {
            let name = name(element)
            if name == "last.jpg" { break }
            found.append(name)
        }
        return found
    }

    private func name(_ element: FolderWatch.Element) -> String {
        let prefix = root.description + "/"
        func short(_ path: FilePath) -> String { String(path.description.trimmingPrefix(prefix)) }
        switch element {
        case .file(let path, _): return short(path)
        case .unwanted(let path): return "- \(short(path))"
        case .failure(let path, let error): return "! \(short(path)): \(error.code.rawValue)"
        }
    }

    private func move(_ old: String, _ new: String) throws {
        try FileManager.default.moveItem(
            at: folder.url.appendingPathComponent(old),
            to: folder.url.appendingPathComponent(new)
        )
    }

    private func open(_ name: String, _ flags: Int32) -> Int32 {
        Glibc.open(folder.url.appendingPathComponent(name).path, flags | O_CLOEXEC, 0o644)
    }

    @Test func `gives files as they are completed, and nothing that was there before`() throws {
        try folder.file("in/old.jpg")
        try folder.file("in/sub/old.jpg")
        let watch = try watch()
        try folder.file("in/a.jpg")
        try folder.file("in/sub/b.png")
        try folder.file("in/notes.txt")
        #expect(try found(watch) == ["a.jpg", "sub/b.png", "- notes.txt"])
    }

    @Test func `a file that is being written is not given before it is closed`() throws {
        let watch = try watch()
        let file = open("in/slow.jpg", O_CREAT | O_WRONLY)
        write(file, "x", 1)
        #expect(try found(watch) == [])
        write(file, "y", 1)
        close(file)
        #expect(watch.next().map(name) == "slow.jpg")
    }

    @Test func `names that say hidden or unfinished are passed over until they are renamed`() throws {
        let watch = try watch()
        for name in [".a.jpg", "b.jpg.part", "c.jpg.tmp", "d.jpg~", "e.partial", "f.crdownload"] {
            try folder.file("in/\(name)")
        }
        try move("in/.a.jpg", "in/a.jpg")
        try move("in/b.jpg.part", "in/b.jpg")
        #expect(try found(watch) == ["a.jpg", "b.jpg"])
    }

    @Test func `a file is given again only when it was written again`() throws {
        let watch = try watch()
        try folder.file("in/a.jpg", [1])
        #expect(watch.next().map(name) == "a.jpg")
        close(open("in/a.jpg", O_WRONLY))
        close(open("in/a.jpg", O_RDONLY))
        #expect(try found(watch) == [])
        try folder.file("in/a.jpg", [1, 2])
        #expect(watch.next().map(name) == "a.jpg")
    }

    @Test func `new folders are watched, and what is in them already is given once`() throws {
        let watch = try watch()
        try folder.file("in/new/deep/a.jpg")
        try folder.file("in/new/b.jpg")
        #expect(Set(try found(watch)) == ["new/deep/a.jpg", "new/b.jpg"])
        try folder.file("in/new/deep/c.jpg")
        #expect(watch.next().map(name) == "new/deep/c.jpg")
    }

    @Test func `a folder that is moved in is watched with all that is in it`() throws {
        try folder.file("outside/a.jpg")
        try folder.file("outside/x/b.jpg")
        let watch = try watch()
        try move("outside", "in/inside")
        #expect(try found(watch) == ["inside/a.jpg", "inside/x/b.jpg"])
        try folder.file("in/inside/x/c.jpg")
        #expect(watch.next().map(name) == "inside/x/c.jpg")
    }

    @Test func `a folder that gets another name is watched under it, and its files are not new`() throws {
        try folder.file("in/old/x/a.jpg")
        let watch = try watch()
        try folder.file("in/old/b.jpg")
        try move("in/old", "in/new")
        try folder.file("in/new/x/c.jpg")
        // By the time that anybody looks, the first file lies elsewhere.
        #expect(try found(watch) == ["new/b.jpg", "new/x/c.jpg"])
    }

    @Test func `a folder that is moved out is not watched any more`() throws {
        try folder.file("in/sub/x/a.jpg")
        let watch = try watch()
        try move("in/sub", "gone")
        #expect(try found(watch) == [])
        try folder.file("gone/x/b.jpg")
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("gone"))
        #expect(try found(watch) == [])
    }

    @Test func `a folder that is hidden is not watched any more, and is new when it is seen again`() throws {
        try folder.file("in/sub/a.jpg")
        let watch = try watch()
        try move("in/sub", "in/.sub")
        try folder.file("in/.sub/b.jpg")
        #expect(try found(watch) == [])
        try move("in/.sub", "in/again")
        #expect(try found(watch) == ["again/a.jpg", "again/b.jpg"])
    }

    @Test func `links are complete when they are made`() throws {
        try folder.file("a.jpg")
        try folder.file("b.jpg")
        let watch = try watch()
        try folder.link("in/soft.jpg", to: "../a.jpg")
        try folder.link("in/broken.jpg", to: "nowhere")
        link(folder.path.appending("b.jpg").description, root.appending("hard.jpg").description)
        #expect(try found(watch) == ["soft.jpg", "hard.jpg"])
    }

    @Test func `a file that was still being written when its folder came is given when it is closed`() throws {
        try folder.file("outside/done.jpg")
        let file = open("outside/torn.jpg", O_CREAT | O_WRONLY)
        write(file, "x", 1)
        let watch = try watch()
        try move("outside", "in/inside")
        #expect(try found(watch) == ["inside/done.jpg"])
        write(file, "y", 1)
        close(file)
        #expect(watch.next().map(name) == "inside/torn.jpg")
    }

    @Test func `links that lead back are walked once`() throws {
        let watch = try watch()
        try folder.file("in/sub/a.jpg")
        try folder.link("in/sub/back", to: "..")
        try folder.file("in/sub/deep/b.jpg")
        try folder.link("in/sub/deep/back", to: "../..")
        #expect(Set(try found(watch)) == ["sub/a.jpg", "sub/deep/b.jpg"])
    }

    @Test func `what was lost in a flood of events is found again`() throws {
        let limit = try Int(
            String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        )!
        try #require(limit <= 65536)
        let watch = try watch()
        try folder.file("in/first.jpg")
        // The queue overflows with files that nobody wants, each of them two events.
        for number in 0...(limit / 2 + 100) { close(open("in/\(number).tmp", O_CREAT | O_WRONLY)) }
        try folder.file("in/lost.jpg")
        try folder.file("in/lost/too.jpg")
        var found: Set<String> = []
        while found.count < 3, let element = watch.next() { found.insert(name(element)) }
        #expect(found == ["first.jpg", "lost.jpg", "lost/too.jpg"])
        #expect(try self.found(watch) == [])
    }

    @Test(arguments: [true, false]) func `a folder that goes away ends the watch with a failure`(isMoved: Bool) throws {
        let watch = try watch()
        try folder.file("in/a.jpg")
        if isMoved {
            try move("in", "elsewhere")
        } else {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent("in"))
        }
        var found: [String] = []
        while let element = watch.next() { found.append(name(element)) }
        #expect(found.last?.hasSuffix(": notFound") == true)
        #expect(watch.next() == nil)
    }

    @Test func `what cannot be watched is refused`() throws {
        try folder.file("file")
        for (name, code) in [("missing", PenstockError.Code.notFound), ("file", .notAFile)] {
            #expect {
                try FolderWatch(folder.path.appending(name), stopping: stopping)
            } throws: { ($0 as? PenstockError)?.code == code }
        }
    }

    @Test func `stopping ends a wait`() async throws {
        let path = root
        let result = Task { [stopping] in
            try await DedicatedThread.run { () throws(PenstockError) -> Bool in
                let watch = try FolderWatch(path, stopping: stopping)
                return watch.next() == nil
            }
        }
        usleep(100_000)
        stopping.raise()
        #expect(try await result.value)
    }

    @Test func `arrivals are on both clocks`() throws {
        let watch = try watch()
        let before = Arrival.now
        try folder.file("in/a.jpg")
        guard case .file(_, let arrival)? = watch.next() else { return #expect(Bool(false), "no file") }
        #expect(arrival.monotonic >= before.monotonic && arrival.wallClock >= before.wallClock)
    }
}

@Suite struct TakenFilesTests {
    @Test func `forgets the oldest beyond its capacity`() throws {
        let folder = try TemporaryFolder()
        let version = try #require(FileVersion(folder.file("a.jpg")))
        var taken = TakenFiles(capacity: 2)
        for name in ["a", "b"] { #expect(taken.insert(FilePath(name), version) == true) }
        #expect(taken.insert("a", version) == false)
        #expect(taken.insert("c", version) == true)
        #expect(taken.insert("b", version) == false)
        #expect(taken.insert("a", version) == true)
    }
}
