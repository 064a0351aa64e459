import PenstockCore
import Testing

@Suite("Conversions of rows")
struct PixelRowTests {
    private let counts = [1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 31, 32, 33, 47, 64, 65, 100]

    @Test func grayIsWrittenThreeTimes() {
        for count in counts {
            let gray = TestPicture.noise(count, seed: 1)
            let out = converted(gray, pixels: count) { PixelRow.gray($0, toRGB: $1, count: count) }
            let expected: [UInt8] = gray.flatMap { [$0, $0, $0] }
            #expect(out == expected)
        }
    }

    @Test func alphaIsDropped() {
        for count in counts {
            let rgba = TestPicture.noise(count * 4, seed: 2)
            let out = converted(rgba, pixels: count) { PixelRow.rgba($0, toRGB: $1, count: count) }
            let expected: [UInt8] = (0..<count).flatMap { (pixel: Int) in rgba[pixel * 4..<pixel * 4 + 3] }
            #expect(out == expected)
        }
    }

    @Test func mirrorReversesPixels() {
        for count in counts {
            let row = TestPicture.noise(count * 3, seed: 3)
            let out = converted(row, pixels: count) { PixelRow.mirror($0, into: $1, count: count) }
            let expected: [UInt8] = (0..<count).reversed().flatMap { (pixel: Int) in row[pixel * 3..<pixel * 3 + 3] }
            #expect(out == expected)
        }
    }

    @Test("inks become light as in Pillow", arguments: [false, true])
    func inksBecomeLight(inverted: Bool) {
        // Pillow 13's Image.convert("RGB") of these CMYK pixels.
        let inks: [UInt8] = [0, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30, 40, 200, 100, 50, 25, 1, 254, 128, 127]
        let light: [UInt8] = [255, 255, 255, 0, 0, 0, 207, 198, 190, 50, 140, 185, 127, 1, 64]
        let source = inverted ? inks.map { 255 - $0 } : inks
        #expect(converted(source, pixels: 5) { PixelRow.cmyk($0, inverted: inverted, toRGB: $1, count: 5) } == light)
    }

    @Test(
        "rows become columns, either way round",
        arguments: [(1, 1), (5, 3), (16, 64), (17, 65), (40, 130), (130, 9)]
    )
    func rowsBecomeColumns(width: Int, height: Int) {
        let size = ImageSize(width: width, height: height)
        let picture = TestPicture("noise", seed: width, size: size)
        let out = converted(picture.pixels, pixels: size.pixelCount) { source, out in
            PixelRow.transpose(source, stride: width * 3, size: size, into: out, outStride: height * 3)
        }
        #expect(out == turned(picture) { (x: $1, y: $0) })
        // From the last row up: a quarter turn clockwise.
        let clockwise = converted(picture.pixels, pixels: size.pixelCount) { source, out in
            let last = source + (height - 1) * width * 3
            PixelRow.transpose(last, stride: -width * 3, size: size, into: out, outStride: height * 3)
        }
        #expect(clockwise == turned(picture) { (x: $1, y: height - 1 - $0) })
    }

    /// The picture whose pixel (x, y) is the pixel of `picture` that `source` names, `height` pixels wide.
    private func turned(_ picture: TestPicture, source: (Int, Int) -> (x: Int, y: Int)) -> [UInt8] {
        (0..<picture.size.width).flatMap { y in
            (0..<picture.size.height).flatMap { x in
                let from = source(x, y)
                let start = (from.y * picture.size.width + from.x) * 3
                return picture.pixels[start..<start + 3]
            }
        }
    }

    /// Converts bytes in memory of their exact size, and checks that nothing after the pixels was written.
    private func converted(
        _ bytes: [UInt8],
        pixels: Int,
        _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
    ) -> [UInt8] {
        let source = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
        let out = UnsafeMutablePointer<UInt8>.allocate(capacity: pixels * 3)
        defer {
            source.deallocate()
            out.deallocate()
        }
        source.initialize(from: bytes, count: bytes.count)
        out.initialize(repeating: 0, count: pixels * 3)
        body(source, out)
        return Array(UnsafeBufferPointer(start: out, count: pixels * 3))
    }
}
