import CFFmpeg
import PenstockCore
import Testing

@testable import PenstockVideo

@Suite struct GrayThumbnailTests {
    private static let size = ImageSize(width: 100, height: 70)

    /// A frame of one grey, with a square of another in a corner.
    private static func frame(_ level: Int, square: Int = 0, _ format: AVPixelFormat = AV_PIX_FMT_GRAY8) -> VideoFrame {
        var bytes = [UInt8](repeating: UInt8(level), count: size.pixelCount)
        for y in 0..<square { for x in 0..<square { bytes[y * size.width + x] = 255 } }
        let step =
            format == AV_PIX_FMT_RGB24 ? 3 : format == AV_PIX_FMT_GRAY16BE || format == AV_PIX_FMT_GRAY16LE ? 2 : 1
        return RawFrames.frame(bytes.flatMap { [UInt8](repeating: $0, count: step) }, size, format)
    }

    @Test func `a frame differs from itself by nothing`() {
        let one = GrayThumbnail(Self.frame(90, square: 9))
        #expect(one.largestChange(from: GrayThumbnail(Self.frame(90, square: 9))) == 0)
    }

    @Test func `a change of light is measured in levels`() {
        let change = GrayThumbnail(Self.frame(90)).largestChange(from: GrayThumbnail(Self.frame(97)))
        #expect(abs(change - 7) < 0.1)
    }

    @Test func `a small thing in a corner shows`() {
        let change = GrayThumbnail(Self.frame(0)).largestChange(from: GrayThumbnail(Self.frame(0, square: 2)))
        #expect(change > 100)
    }

    @Test func `frames of different sizes differ`() {
        let other = RawFrames.frame([0, 0, 0, 0], ImageSize(width: 2, height: 2), AV_PIX_FMT_GRAY8)
        #expect(GrayThumbnail(Self.frame(0)).largestChange(from: GrayThumbnail(other)) == 255)
    }

    @Test(arguments: [AV_PIX_FMT_RGB24, AV_PIX_FMT_GRAY16LE, AV_PIX_FMT_GRAY16BE].map(\.rawValue))
    func `other formats are measured alike`(format: Int32) {
        let format = AVPixelFormat(rawValue: format)
        let change = GrayThumbnail(Self.frame(10, format)).largestChange(from: GrayThumbnail(Self.frame(60, format)))
        #expect(abs(change - 50) < 1)
    }
}
