import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

/// A folder that goes away with its test.
final class TemporaryFolder {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func at(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func file(_ name: String, _ bytes: [UInt8]) -> String {
        try! Data(bytes).write(to: URL(fileURLWithPath: at(name)))
        return at(name)
    }
}

@Suite struct FileReaderTests {
    private let folder = TemporaryFolder()

    private func failure(_ path: String, by reader: FileReader = FileReader()) -> PenstockError? {
        do throws(PenstockError) {
            _ = try reader.read(FilePath(path))
            return nil
        } catch {
            return error
        }
    }

    @Test func `one reader reads files of all sizes, one after another`() throws {
        let reader = FileReader()
        for count in [1, 4095, 4096, 4097, 1_000_000, 3] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let path = folder.file("\(count)", bytes)
            #expect([UInt8](try reader.read(FilePath(path))) == bytes)
        }
    }

    @Test func `what is not a regular file is refused at once`() throws {
        mkfifo(folder.at("pipe.jpg"), 0o600)
        try FileManager.default.createDirectory(atPath: folder.at("folder.jpg"), withIntermediateDirectories: true)
        let expected = [
            (folder.at("pipe.jpg"), "named pipe"), (folder.at("folder.jpg"), "folder"), ("/dev/null", "device"),
        ]
        for (path, kind) in expected {
            let error = try #require(failure(path))
            #expect(error.code == .notAFile && error.stage == .read)
            #expect(error.message.contains(kind))
        }
    }

    @Test func `paths that lead nowhere each say why`() throws {
        symlink(folder.at("absent"), folder.at("broken.jpg"))
        symlink(folder.at("b.jpg"), folder.at("a.jpg"))
        symlink(folder.at("a.jpg"), folder.at("b.jpg"))
        let inFile = folder.file("file", [1]) + "/x.jpg"
        let long = folder.at(String(repeating: "x", count: 300))
        let expected = [
            (folder.at("absent.jpg"), "no such file"), (folder.at("broken.jpg"), "broken symbolic link"),
            (folder.at("a.jpg"), "circle"), (inFile, "not a folder"), (long, "longer"),
        ]
        for (path, words) in expected {
            let error = try #require(failure(path))
            #expect(error.code == .notFound && error.stage == .read)
            #expect(error.message.contains(words))
        }
    }

    @Test func `an empty file and one over the limit are refused before reading`() throws {
        let empty = try #require(failure(folder.file("empty.jpg", [])))
        #expect(empty.code == .corrupt && empty.message.contains("empty"))
        let path = folder.file("large.jpg", [UInt8](repeating: 7, count: 101))
        let large = try #require(failure(path, by: FileReader(maxBytes: 100)))
        #expect(large.code == .tooLarge && large.message.contains("101") && large.message.contains("100"))
        #expect(failure(path, by: FileReader(maxBytes: 101)) == nil)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `an unreadable file says so`() throws {
        let path = folder.file("secret.jpg", [1])
        chmod(path, 0)
        #expect(failure(path)?.code == .permissionDenied)
    }

    @Test func `denied permission has its own sentence`() {
        let error = PenstockError.opening(EACCES)
        #expect(error.code == .permissionDenied && error.message.contains("Permission denied"))
    }

    @Test func `the memory of a huge file is not kept`() throws {
        let buffer = GrowableBuffer()
        _ = try buffer.reserve(GrowableBuffer.keptBytes + 1)
        _ = try buffer.reserve(10)
        #expect(buffer.capacity < 1 << 20)
    }

    @Test func `a file whose size lies is noticed`() throws {
        // The system says that its own tables are empty files, though they can be read.
        #expect(failure("/proc/self/status")?.code == .corrupt)
    }
}
