import CFFmpeg
import PenstockCore
import Testing

@testable import PenstockVideo

@Suite struct VideoFrameMakingTests {
    private let moment = FrameMoment(frame: 7, time: .seconds(3), duration: .milliseconds(40))

    @Test(arguments: PixelLayout.allCases, [(1, 1), (33, 17), (64, 48), (500, 3)])
    func holdsACopyOfThePixels(layout: PixelLayout, size: (Int, Int)) throws {
        let pixels = NoisePicture.make(layout, ImageSize(width: size.0, height: size.1))
        let frame = try VideoFrame(pixels, moment: moment, from: FramePool(limit: 1))
        #expect(frame.moment == moment)
        #expect(frame.size == pixels.size)
        let step = layout.channels
        let rgb = (0..<pixels.size.pixelCount).flatMap { pixel in
            (0..<3).map { pixels.bytes[pixel * step + (layout == .gray ? 0 : $0)] }
        }
        #expect(try frame.pixels().bytes == rgb)
    }

    @Test func usesMemoryAgain() throws {
        let pool = FramePool(limit: 2)
        var places: Set<UnsafeMutablePointer<UInt8>?> = []
        for seed in 0..<50 {
            let frame = try VideoFrame(NoisePicture.make(.rgb, seed: seed), moment: moment, from: pool)
            places.insert(frame.pointer.pointee.data.0)
        }
        #expect(places.count == 1)
        #expect(pool.lentCount == 0)
    }

    @Test func refusesWhatIsNoPicture() throws {
        let pool = FramePool(limit: 1)
        #expect(throws: PenstockError.self) { try VideoFrame(PixelBuffer(), moment: moment, from: pool) }
        #expect(pool.lentCount == 0)
        pool.close()
        let error = #expect(throws: PenstockError.self) {
            try VideoFrame(NoisePicture.make(.gray), moment: moment, from: pool)
        }
        #expect(error?.code == .cancelled)
    }
}
