import Foundation
import PenstockCore
import TestClips

/// A folder for one run of `penstock process` after another.
final class ProcessFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-process-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// A JPEG of 40×30, made once.
    static let picture = Result {
        try Clips.make("tool-process-small.jpg", Clips.source("40x30") + ["-frames:v", "1"])
    }

    /// Puts the picture into the folder under these names.
    func add(_ names: [String]) throws {
        let picture = try Self.picture.get()
        for name in names {
            let place = url.appendingPathComponent(name)
            let folder = place.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: picture, toPath: place.path)
        }
    }

    func run(_ arguments: [String], input: Data? = nil) throws -> Tool.Outcome {
        try Tool.run(["process"] + arguments, input: input, folder: url)
    }

    /// The paths of all files below a folder, in order, the hidden ones too.
    func files(_ name: String = "out") -> [String] {
        let below = FileManager.default.enumerator(atPath: url.appendingPathComponent(name).path)
        let names = below.map { $0.compactMap { $0 as? String } } ?? []
        return names.filter { isFile("\(name)/\($0)") }.sorted()
    }

    private func isFile(_ name: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path, isDirectory: &isFolder)
            && !isFolder.boolValue
    }

    func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

    /// A file's lines as JSON objects.
    func objects(_ name: String) throws -> [[String: Any]] {
        try String(decoding: data(name), as: UTF8.self).split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// Whether the file that a line of a manifest tells of is there, with the bytes that it tells of.
    func holds(_ line: [String: Any], in folder: String = "out") throws -> Bool {
        guard let output = line["output"] as? String, let checksum = line["checksum"] as? String else { return false }
        let bytes = try data("\(folder)/\(output)")
        return line["bytes"] as? Int == bytes.count && checksum == "crc32:" + String(format: "%08x", CRC32.of(bytes))
    }

    /// What FFmpeg decodes a file to.
    func decoded(_ name: String) throws -> (width: Int, height: Int, frames: Int) {
        let entries = "stream=width,height,nb_read_frames"
        let text = try FFmpegProgram.run(
            "ffprobe",
            ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", entries, "-of", "csv=p=0"]
                + [url.appendingPathComponent(name).path]
        )
        let numbers = text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).compactMap { Int($0) }
        return (numbers[0], numbers[1], numbers[2])
    }
}

/// The checksum of zlib, a bit at a time.
enum CRC32 {
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { rest, byte in
            (0..<8).reduce(rest ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
