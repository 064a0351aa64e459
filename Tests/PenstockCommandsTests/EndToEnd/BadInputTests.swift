import Foundation
import Testing

/// Each bad input gets its own record, at its place, and the rest of the job finishes.
@Suite struct BadInputTests {
    private let folder: URL
    private let star = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg")

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-bad-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func add(_ name: String, _ data: Data) throws {
        try data.write(to: folder.appendingPathComponent(name))
    }

    /// Classifies the folder, and returns each record by the last part of its name.
    private func classify(_ arguments: String...) throws -> (status: Int32, records: [String: [String: Any]]) {
        let outcome = try Tool.run(["classify", folder.path, "--model", Tool.model] + arguments)
        defer { try? FileManager.default.removeItem(at: folder) }
        let records = outcome.objects.map {
            (URL(fileURLWithPath: $0["source"] as? String ?? "").lastPathComponent, $0)
        }
        #expect(outcome.objects.enumerated().allSatisfy { $0 == $1["index"] as? Int }, "indices count from 0 in order")
        return (outcome.status, Dictionary(records) { first, _ in first })
    }

    private func message(_ record: [String: Any]?) -> String {
        (record?["error"] as? [String: Any])?["message"] as? String ?? "no error in \(record ?? [:])"
    }

    private func stage(_ record: [String: Any]?) -> String? {
        (record?["error"] as? [String: Any])?["stage"] as? String
    }

    @Test func `every kind of bad file fails by itself and good ones are classified`() throws {
        let whole = try Data(contentsOf: star)
        try add("a-good.jpg", whole)
        try add("b-empty.jpg", Data())
        try add("c-torn.jpg", whole.prefix(whole.count / 2))
        try add("d-random.jpg", Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }))
        try add("e-page.jpg", Data("<!doctype html><html><body>404</body></html>".utf8))
        let png = Tool.package.appendingPathComponent("Examples/pictures/circle-01.png")
        try add("f-really.jpg", try Data(contentsOf: png))
        try add("g-bomb.png", bombPNG(width: 60_000, height: 60_000))
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("h-folder.jpg"),
            withIntermediateDirectories: true
        )
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("i-gone.jpg").path,
            withDestinationPath: "nowhere"
        )
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("j-loop.jpg").path,
            withDestinationPath: "j-loop.jpg"
        )
        #expect(mkfifo(folder.appendingPathComponent("k-pipe.jpg").path, 0o600) == 0)
        try add("l-line\nend.jpg", whole)
        try add("z-last.jpg", whole)

        let (status, records) = try classify()
        #expect(status == 1)
        for name in ["a-good.jpg", "l-line\nend.jpg", "z-last.jpg"] {
            #expect((records[name]?["top"] as? [[String: Any]])?.first?["label"] as? String == "star", "\(name)")
        }
        #expect((records["f-really.jpg"]?["top"] as? [[String: Any]])?.first?["label"] as? String == "circle")
        #expect(message(records["b-empty.jpg"]).contains("empty"))
        #expect(stage(records["c-torn.jpg"]) == "decode")
        #expect(message(records["c-torn.jpg"]).contains("--allow-truncated"))
        #expect(stage(records["d-random.jpg"]) == "decode")
        #expect(message(records["e-page.jpg"]).contains("HTML"))
        #expect(message(records["g-bomb.png"]).contains("--max-pixels"))
        #expect(message(records["h-folder.jpg"]).contains("folder"))
        #expect(message(records["i-gone.jpg"]).contains("link"))
        #expect(stage(records["j-loop.jpg"]) == "read")
        #expect(message(records["k-pipe.jpg"]).contains("pipe"))
    }

    @Test func `a torn picture is decoded when that is allowed and says so`() throws {
        let whole = try Data(contentsOf: star)
        try add("torn.jpg", whole.prefix(whole.count * 9 / 10))
        let (status, records) = try classify("--allow-truncated")
        #expect(status == 0)
        #expect(records["torn.jpg"]?["truncated"] as? Bool == true)
    }

    @Test func `an empty folder is an error of its own`() throws {
        let (status, records) = try classify()
        #expect(status == 1)
        #expect(message(records[folder.lastPathComponent]).contains("no pictures"))
    }

    @Test func `a name that is no valid text keeps its bytes`() throws {
        let name = [UInt8](folder.path.utf8) + [UInt8(ascii: "/"), 0xE9, 0xFF] + [UInt8](".jpg".utf8)
        let descriptor = name.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { path in
            Array(path + [0]).withUnsafeBufferPointer { open($0.baseAddress!, O_WRONLY | O_CREAT, 0o600) }
        }
        let whole = try Data(contentsOf: star)
        #expect(whole.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == whole.count)
        close(descriptor)
        let outcome = try Tool.run(["classify", folder.path, "--model", Tool.model])
        try? FileManager.default.removeItem(at: folder)
        #expect(outcome.status == 0)
        let encoded = outcome.objects.first?["sourceBase64"] as? String ?? ""
        #expect(Data(base64Encoded: encoded).map { [UInt8]($0) } == name)
    }

    /// The beginning of a PNG whose header promises a picture of a given size.
    private func bombPNG(width: UInt32, height: UInt32) -> Data {
        var header: [UInt8] = Array("IHDR".utf8)
        for value in [width, height] { header += withUnsafeBytes(of: value.bigEndian) { Array($0) } }
        header += [8, 2, 0, 0, 0]
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in header {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
        }
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
        return Data(signature + header + withUnsafeBytes(of: (~sum).bigEndian) { Array($0) })
    }
}
