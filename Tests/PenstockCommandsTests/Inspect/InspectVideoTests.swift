import Foundation
import Testing

@Suite struct InspectVideoTests {
    private let clip = Tool.package.appendingPathComponent("Examples/clips/shapes.mp4")

    @Test func `tells people what a video is`() throws {
        let outcome = try Tool.run(["inspect", "shapes.mp4"], folder: clip.deletingLastPathComponent())
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(
            outcome.output == """
                video      shapes.mp4
                container  mov,mp4,m4a,3gp,3g2,mj2
                codec      h264
                size       640×360
                pixels     yuv420p
                colours    bt709 limited
                scan       progressive
                rate       25.000 frames/s, as it claims
                frames     300
                duration   12.000 s
                start      0.000 s
                sound      aac

                """
        )
    }

    @Test func `tells programs what a video is`() throws {
        let facts = try #require(Tool.run(["inspect", clip.path, "--format", "json"]).objects.first)
        #expect(facts["codec"] as? String == "h264" && facts["audioCodec"] as? String == "aac")
        #expect(facts["width"] as? Int == 640 && facts["height"] as? Int == 360)
        #expect(facts["claimedRate"] as? Double == 25 && facts["duration"] as? Double == 12)
        #expect(facts["interlaced"] as? Bool == false && facts["frames"] as? Int == 300)
    }

    /// The content decides, whatever the name says.
    @Test func `takes a video under any name for a video and a picture for a picture`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("inspect-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let picture = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg")
        try FileManager.default.copyItem(at: clip, to: folder.appendingPathComponent("clip.jpg"))
        try FileManager.default.copyItem(at: picture, to: folder.appendingPathComponent("star.mp4"))
        let found = try Tool.run(["inspect", "clip.jpg", "star.mp4", "--format", "json"], folder: folder).objects
        #expect(found.map { $0["video"] as? String } == ["clip.jpg", nil])
        #expect(found.map { $0["picture"] as? String } == [nil, "star.mp4"])
    }

    @Test func `says what is wrong with what is neither`() throws {
        let text = try Tool.run(["inspect", Tool.package.appendingPathComponent("README.md").path])
        #expect(text.status == 3 && text.errors.contains("it looks like text"))
        let missing = try Tool.run(["inspect", "/nonexistent.mp4"])
        #expect(missing.status == 3 && missing.errors.contains("There is no such file"))
        let device = try Tool.run(["inspect", "/dev/video97"])
        #expect(device.status == 3 && !device.errors.isEmpty)
    }
}
