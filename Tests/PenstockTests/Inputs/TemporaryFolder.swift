import Foundation
import PenstockCore

/// A folder that goes away with the value that holds it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    var path: FilePath { FilePath(url.path) }

    /// Makes a file, and the folders that lead to it.
    @discardableResult
    func file(_ name: String, _ bytes: [UInt8] = [1]) throws -> FilePath {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return FilePath(file.path)
    }

    func folder(_ name: String) throws {
        try FileManager.default.createDirectory(
            at: url.appendingPathComponent(name),
            withIntermediateDirectories: true
        )
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: url.appendingPathComponent(name).path,
            withDestinationPath: target
        )
    }
}
