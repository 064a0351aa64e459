import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import PenstockVideo
import Testing

@testable import Penstock

@Suite struct InputWalkerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What a source gives, as names relative to the folder; failures are marked.
    private func walk(_ source: PictureSource, unwanted: UnwantedFiles = UnwantedFiles()) -> [String] {
        let prefix = folder.path.description + "/"
        var walker = InputWalker(source, unwanted: unwanted)
        var found: [String] = []
        while let element = walker.next() {
            #expect(element.identity.index == found.count)
            let name = element.identity.name.description
            let short = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
            switch element {
            case .item: found.append(short)
            case .value(let result): found.append("! \(short): \(result.error.code.rawValue)")
            }
        }
        return found
    }

    private func arguments(_ names: String...) -> PictureSource {
        .arguments(names.map { folder.path.appending($0) })
    }

    @Test func `walks a folder and its folders in the order of names`() throws {
        for name in ["b.jpg", "a/2.PNG", "a/1.jpeg", "c.webp", "notes.txt"] { try folder.file(name) }
        let unwanted = UnwantedFiles()
        #expect(walk(.folder(folder.path), unwanted: unwanted) == ["a/1.jpeg", "a/2.PNG", "b.jpg", "c.webp"])
        #expect(unwanted.found.count == 1)
    }

    @Test func `an empty folder is a failure of its own`() throws {
        try folder.folder("empty")
        #expect(walk(arguments("empty")) == ["! empty: notFound"])
    }

    @Test func `a file that is named is taken whatever its name`() throws {
        try folder.file("picture")
        #expect(walk(arguments("picture", "missing.jpg")) == ["picture", "missing.jpg"])
    }

    @Test func `a folder named like a picture is reported and walked`() throws {
        try folder.file("x.jpg/inside.jpg")
        #expect(walk(.folder(folder.path)) == ["! x.jpg: notAFile", "x.jpg/inside.jpg"])
    }

    @Test func `a link that leads back is reported and the rest is walked`() throws {
        try folder.file("a/1.jpg")
        try folder.link("a/back", to: "..")
        #expect(walk(.folder(folder.path)) == ["a/1.jpg", "! a/back: folderLoop"])
    }

    @Test func `a link to itself and one to nothing are left to the reader`() throws {
        try folder.link("self.jpg", to: "self.jpg")
        try folder.link("gone.jpg", to: "nowhere")
        #expect(walk(.folder(folder.path)) == ["gone.jpg", "self.jpg"])
    }

    @Test func `expands patterns`() throws {
        for name in ["a.jpg", "b.png", "sub/c.jpg", "sub/deep/d.jpg", ".hidden.jpg"] { try folder.file(name) }
        #expect(walk(arguments("*.jpg")) == ["a.jpg"])
        #expect(walk(arguments("**/*.jpg")) == ["a.jpg", "sub/c.jpg", "sub/deep/d.jpg"])
        #expect(walk(arguments("*/[cd].jpg")) == ["sub/c.jpg"])
        #expect(walk(arguments("*.gif")) == ["! *.gif: notFound"])
    }

    @Test func `a file whose name looks like a pattern is that file`() throws {
        try folder.file("a[1].jpg")
        #expect(walk(arguments("a[1].jpg")) == ["a[1].jpg"])
    }

    @Test func `files are taken as they are written and patterns as patterns`() throws {
        try folder.file("a1.jpg")
        let bracket = folder.path.appending("a[1].jpg")
        #expect(walk(.files([bracket])) == ["a[1].jpg"])
        #expect(walk(.glob(bracket.description)) == ["a1.jpg"])
    }

    @Test func `a pattern enters only folders that can match`() throws {
        try folder.file("x/deep/1.jpg")
        try folder.file(".hidden/2.jpg")
        #expect(walk(arguments("*")) == ["! *: notFound"])
        #expect(walk(arguments("**/*.jpg")) == ["x/deep/1.jpg"])
    }

    @Test func `reads lists with carriage returns and empty lines and without a last line end`() throws {
        let list = try folder.file(
            "list.txt",
            [0xEF, 0xBB, 0xBF] + Array("one.jpg\r\n\n two.jpg\nhttp://host/three.jpg".utf8)
        )
        let source = PictureSource.arguments([FilePath("@\(list)")])
        #expect(walk(source) == ["one.jpg", " two.jpg", "http://host/three.jpg"])
    }

    @Test func `a list separated by NUL may hold line ends`() throws {
        let list = try folder.file("list", Array("a\nb.jpg\0c.jpg\0".utf8))
        let source = PictureSource.arguments([FilePath("@\(list)")], separator: .nul)
        #expect(walk(source) == ["a\nb.jpg", "c.jpg"])
    }

    @Test func `what is no list is refused without reading on`() throws {
        let list = try folder.file("list", [UInt8](repeating: 65, count: 200_000))
        #expect(walk(.arguments([FilePath("@\(list)")])) == ["! list: corrupt"])
        #expect(walk(.arguments([FilePath("@\(folder.path)/none")])).count == 1)
    }

    @Test func `sources can be joined`() throws {
        try folder.file("a.jpg")
        let source = PictureSource.folder(folder.path).followed(by: .bytes([1, 2], name: "memory"))
        #expect(walk(source) == ["a.jpg", "memory"])
    }
}

@Suite struct SortedNamesTests {
    @Test(arguments: [1, 2, 7, 100, 1000]) func `gives every name once and in order whatever the pass`(passSize: Int)
        throws
    {
        let folder = try TemporaryFolder()
        let names = (0..<57).map { "\($0 * 7919 % 57)-name" }
        for name in names { try folder.file(name) }
        var sorted = SortedNames(folder.path, passSize: passSize)
        var found: [String] = []
        while let entry = try sorted.next() { found.append(String(decoding: entry.name, as: UTF8.self)) }
        #expect(found == names.sorted())
    }
}

@Suite struct RecordedItemsTests {
    private func remaining(_ source: PictureSource, after recorded: RecordedItems) throws -> RemainingInputs {
        let stopping = CancellationFlag()
        let opening = VideoItems.Opening(
            options: VideoOptions(),
            pool: FramePool(limit: 4),
            stopping: stopping,
            meters: StageMeters(),
            log: StreamLog()
        )
        let reading = ReadInputs(
            source: source,
            recorded: recorded,
            unwanted: UnwantedFiles(),
            remote: RemotePictures(stopping: stopping) { _ throws(PenstockError) in [] },
            opening: opening
        )
        return try reading.inputs()
    }

    @Test func `knows its items and their end`() {
        var items = RecordedItems()
        #expect(items.end == 0)
        for index in [0, 5, 64, 200] {
            let isNew = items.insert(index, FilePath("x\(index)"))
            #expect(isNew)
        }
        let isNewAgain = items.insert(64, "again")
        #expect(!isNewAgain)
        #expect(items.count == 4 && items.end == 201)
        #expect(items.contains(5) && !items.contains(6) && !items.contains(100_000))
    }

    @Test func `goes past what is recorded and returns to the gaps`() throws {
        let folder = try TemporaryFolder()
        for index in 0..<6 { try folder.file("\(index).jpg") }
        var recorded = RecordedItems()
        for index in [0, 1, 3] { _ = recorded.insert(index, folder.path.appending("\(index).jpg")) }
        var rest = try remaining(.folder(folder.path), after: recorded)
        var indices: [Int] = []
        while let element = rest.next() { indices.append(element.identity.index) }
        #expect(indices == [2, 4, 5])
    }

    @Test func `refuses inputs that are no longer the same`() throws {
        let folder = try TemporaryFolder()
        for name in ["a.jpg", "b.jpg", "c.jpg"] { try folder.file(name) }
        var recorded = RecordedItems()
        for (index, name) in ["b.jpg", "c.jpg"].enumerated() { _ = recorded.insert(index, folder.path.appending(name)) }
        #expect(throws: PenstockError.self) {
            try remaining(.folder(folder.path), after: recorded)
        }
    }
}
