import Foundation
import PenstockCore
import PenstockImages
import Synchronization
import TestClips
import Testing

@testable import PenstockVideo

@Suite struct AnnotatedPicturesTests {
    private let folder = Scratch()
    private let annotation = Annotation(lines: [.init(label: "shape: 50% \\ 'round'", score: 0.7)])

    private func picture(_ name: String, _ size: String = "200x150", _ arguments: [String] = []) throws -> PictureBytes
    {
        let source = ["-f", "lavfi", "-i", "color=gray:size=\(size),format=rgb24", "-frames:v", "1"]
        return .file(FilePath(try Clips.make("picture-\(size)-\(name)", source + arguments)))
    }

    @Test func drawsOnPicturesAndKeepsTheirFolders() async throws {
        let pictures = try AnnotatedPictures(folder: FilePath(folder.path("out"))) { Issue.record("\($0): \($1)") }
        try await pictures.write(try picture("a.jpg"), as: "x/y/a.jpg", annotation)
        try await pictures.write(try picture("a.png"), as: "x/y/a.png", annotation)
        guard case .file(let path) = try picture("b.png", "33x21") else { return }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.description)))
        try await pictures.write(.memory(bytes), as: "../b", annotation)
        try await pictures.finish()
        #expect(pictures.report == (3, 0, 0))
        #expect(folder.tree == ["out/__/b.jpg", "out/x/y/a.jpg", "out/x/y/a.png.jpg"])
        for name in folder.tree { #expect(try Probe.stream(folder.path(name), "v", "codec_name") == "mjpeg") }
        #expect(try Probe.stream(folder.path("out/__/b.jpg"), "v", "width,height") == "33,21")
        // Flat grey, but for the letters at the head: full range, so 128 stays 128. Tolerance: JPEG's rounding.
        let gray = try Probe.gray(folder.path("out/x/y/a.png.jpg"))
        #expect(gray[0..<200 * 40].contains { $0 > 200 })
        #expect(gray[(200 * 60)...].allSatisfy { abs(Int($0) - 128) <= 2 })
    }

    @Test func turnsPicturesUpright() async throws {
        let pictures = try AnnotatedPictures(folder: FilePath(folder.path("out")))
        guard case .file(let path) = try picture("plain.jpg", "64x48") else { return }
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.description)))
        // An EXIF block that says: a quarter turn clockwise.
        let exif: [UInt8] = [
            0xFF, 0xE1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0,
            0,
            1, 0, 6, 0, 0, 0, 0, 0, 0,
        ]
        bytes.insert(contentsOf: exif, at: 2)
        try await pictures.write(.memory(bytes), as: "turned.jpg", annotation)
        try await pictures.finish()
        #expect(try Probe.stream(folder.path("out/turned.jpg"), "v", "width,height") == "48,64")
    }

    @Test func reportsWhatFailsAndGoesOn() async throws {
        let failures = Mutex<[String]>([])
        let pictures = try AnnotatedPictures(folder: FilePath(folder.path("out"))) { name, error in
            failures.withLock { $0.append("\(name): \(error)") }
        }
        try await pictures.write(.memory(Array("no picture".utf8)), as: "bad.jpg", annotation)
        try await pictures.write(.file(FilePath(folder.path("missing.png"))), as: "missing.png", annotation)
        try await pictures.write(try picture("a.png"), as: "a.png", annotation)
        try await pictures.write(try picture("a.png"), as: FilePath(String(repeating: "n", count: 300)), annotation)
        try await pictures.write(try picture("a.png"), as: "z.png", annotation)
        try await pictures.finish()
        #expect(pictures.report == (2, 0, 3))
        #expect(failures.withLock { $0.count } == 3)
        #expect(folder.tree == ["out/a.png.jpg", "out/z.png.jpg"])
    }

    @Test func overwritesEarlierRunsAndNeverItsOwn() async throws {
        for _ in 0..<2 {
            let pictures = try AnnotatedPictures(folder: FilePath(folder.path("out")))
            for name in ["a.png", "a.png", "a.jpg", "a.png.jpg"] as [FilePath] {
                try await pictures.write(try picture("a.png"), as: name, annotation)
            }
            try await pictures.finish()
            #expect(pictures.report == (4, 0, 0))
            // The clock of a disk goes in steps of up to 10 ms.
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(folder.tree == ["out/a.jpg", "out/a.png (2).jpg", "out/a.png.jpg", "out/a.png.jpg.jpg"])
    }

    @Test func dropsWhenFullAndLive() async throws {
        let pictures = try AnnotatedPictures(folder: FilePath(folder.path("out")), queue: 1, whenFull: .drop)
        var taken = 0
        for index in 0..<50 {
            if try await pictures.write(try picture("a.png"), as: FilePath("\(index).png"), annotation) { taken += 1 }
        }
        try await pictures.finish()
        #expect(pictures.report == (taken, 50 - taken, 0))
        #expect(folder.tree.count == taken)
    }

    @Test func refusesAPlaceThatIsNoFolder() throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path("file")))
        #expect(throws: PenstockError.self) { try AnnotatedPictures(folder: FilePath(folder.path("file"))) }
        #expect(throws: PenstockError.self) { try AnnotatedPictures(folder: FilePath(folder.path("file/below"))) }
    }

    @Test(arguments: [
        ("a.jpg", "a.jpg"), ("a.JPEG", "a.JPEG"), ("a.png", "a.png.jpg"), ("a.png.jpg", "a.png.jpg.jpg"),
        ("a.jpg.jpg", "a.jpg.jpg.jpg"), ("my.photo.jpg", "my.photo.jpg"), ("/abs/../x//y.webp", "abs/__/x/y.webp.jpg"),
        ("./a", "a.jpg"), (".jpg", ".jpg.jpg"),
    ])
    func givesEachNameAPlaceOfItsOwn(name: String, place: String) {
        #expect(String(decoding: PicturePlaces.place(of: FilePath(name)), as: UTF8.self) == place)
    }
}

extension Scratch {
    /// The paths of all files below the folder.
    var tree: [String] {
        (FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && !isFolder.boolValue
                && !name.hasSuffix(".gray")
        }.sorted()
    }
}
