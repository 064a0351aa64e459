import Foundation
import PenstockCore

@testable import PenstockImages

/// The pictures beside the tests, and what Pillow makes of them.
enum Fixtures {
    struct Expectation: Decodable {
        var width: Int
        var height: Int
        var crc: UInt32
        var near: Bool?
    }

    static let folder = Bundle.module.resourceURL!.appendingPathComponent("Fixtures")

    static let expected: [String: Expectation] = {
        let data = try! Data(contentsOf: folder.appendingPathComponent("expected.json"))
        return try! JSONDecoder().decode([String: Expectation].self, from: data)
    }()

    /// The names of the pictures that must equal Pillow's bit for bit.
    static let exact = expected.filter { $0.value.near != true }.keys.sorted()

    /// The names of those that may differ a little.
    static let near = expected.filter { $0.value.near == true }.keys.sorted()

    static func bytes(_ name: String) -> [UInt8] {
        [UInt8](try! Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// Pillow's pixels, where they are kept, as a PNG.
    static func pixels(_ name: String) -> [UInt8] {
        try! decode(bytes(name + ".png")).pixels.bytes
    }
}

/// The sum that `zlib.crc32` gives.
func crc32(_ bytes: [UInt8]) -> UInt32 {
    CyclicSum.of(bytes.span, from: 0, to: bytes.count)
}

/// Decodes bytes into a buffer.
func decode(
    _ bytes: [UInt8],
    _ options: DecodeOptions = DecodeOptions(),
    by decoder: PictureDecoder = PictureDecoder(),
    layout: @escaping (PixelLayout) -> PixelLayout = { _ in .rgb }
) throws(PenstockError) -> (info: PictureInfo, pixels: PixelBuffer) {
    let canvas = PixelCanvas(layout: layout)
    let result: Result<PictureInfo, PenstockError> = bytes.withUnsafeBytes { data in
        do throws(PenstockError) {
            return .success(try decoder.decode(data, into: canvas, options: options))
        } catch {
            return .failure(error)
        }
    }
    return (try result.get(), canvas.pixels)
}

/// Reads a header.
func probe(_ bytes: [UInt8]) throws(PenstockError) -> PictureInfo {
    let result: Result<PictureInfo, PenstockError> = bytes.withUnsafeBytes { data in
        do throws(PenstockError) {
            return .success(try PictureDecoder().probe(data))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}
