import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct PictureEncoderTests {
    @Test(arguments: [PictureEncoding.png, .webp, .bmp, .tiff, .jpeg])
    func `a picture without pixels is refused`(encoding: PictureEncoding) {
        for size in [ImageSize(width: 0, height: 0), ImageSize(width: 0, height: 5), ImageSize(width: 5, height: 0)] {
            let error = #expect(throws: PenstockError.self) {
                try encode(PixelBuffer(size: size, layout: .rgb), as: encoding)
            }
            #expect(error?.stage == .write)
        }
    }

    @Test func `the sum is that of zlib`() {
        for count in [0, 1, 2, 63, 64, 65, 1000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
            #expect(bytes.withUnsafeBytes { Checksum.crc32($0) } == crc32(bytes), "\(count)")
        }
        #expect(Array("123456789".utf8).withUnsafeBytes { Checksum.crc32($0) } == 0xCBF4_3926)
    }

    @Test func `bytes may be added, forgotten and written over`() throws {
        let file = EncodedBytes()
        try file.append([])
        try file.append([1, 2, 3])
        file.replace(at: 1, with: [9, 8])
        #expect(file.copy == [1, 9, 8])
        file.removeAll()
        #expect(file.copy.isEmpty)
        try file.append(repeatElement(5, count: 100_000))
        #expect(file.copy == [UInt8](repeating: 5, count: 100_000))
    }
}
