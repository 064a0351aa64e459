import Foundation
import PenstockCore
import PenstockVideo
import Testing

/// Whatever bytes a file holds, reading it comes to an end.
@Suite struct MutatedVideoTests {
    static let names = [
        "pyramid.mp4", "baseline.mkv", "vp9.webm", "h264.ts", "asp.avi", "h264.flv", "mpeg2.ts", "av1.mkv", "open.mp4",
        "mjpeg.avi", "quick.mov",
    ]

    @Test(arguments: names)
    func `mutated and truncated files end`(name: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: ComparedClip.all.first { $0.name == name }!.path()))
        let path = Clips.folder.appendingPathComponent("mutated-\(name)").path
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for round in 0..<12 {
            var mutated = data
            if round.isMultiple(of: 3) { mutated = mutated.prefix(random(below: data.count)) }
            for _ in 0..<[1, 20, 400][round % 3] where !mutated.isEmpty {
                // Headers at both ends decide the most.
                let reach = random(below: 2) == 0 ? min(mutated.count, 4096) : mutated.count
                let offset = random(below: 4) == 0 ? mutated.count - 1 - random(below: reach) : random(below: reach)
                mutated[mutated.startIndex + offset] = UInt8(random(below: 256))
            }
            try mutated.write(to: URL(fileURLWithPath: path))
            let sampling = [VideoSampling(), VideoSampling(.every(3)), VideoSampling(.interval(.milliseconds(500)))]
            for (index, choice) in sampling.enumerated() where index == 0 || round % 2 == index % 2 {
                do {
                    let decoded = try DecodedClip(path) {
                        ($0.sampling, $0.threads, $0.timeout) = (choice, 1 + round % 2, .seconds(20))
                        $0.maxPixels = 1 << 20
                    }
                    #expect(decoded.frames.count + decoded.failures.count < 5000)
                } catch is PenstockError {
                }
            }
        }
    }
}
