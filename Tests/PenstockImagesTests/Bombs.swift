@testable import PenstockImages

/// Small files that claim to be huge.
enum Bombs {
    /// By format, 60,000 pixels each way.
    static let all: [String: [UInt8]] = {
        var made = ["jpg", "png", "bmp", "gif", "webp", "tiff", "qoi", "psd", "tga", "ppm"].reduce(into: [:]) {
            $0[$1] = withSize($1, 60_000, 60_000)
        }
        // A WebP's coded picture holds 14 bits an edge; its canvas may be larger.
        made["webp"] = webp(60_000, 60_000)
        return made
    }()

    static func withSize(_ format: String, _ width: Int, _ height: Int) -> [UInt8] {
        switch format {
        case "jpg":
            patched("medium.jpg", at: frameHeader(Fixtures.bytes("medium.jpg")) + 5, big(height, 2) + big(width, 2))
        case "png": png(width, height)
        case "bmp": patched("rgb.bmp", at: 18, little(width, 4) + little(height, 4))
        case "gif": patched("p.gif", at: 6, little(width, 2) + little(height, 2))
        case "tiff": tiff(width, height)
        case "qoi": patched("rgb.qoi", at: 4, big(width, 4) + big(height, 4))
        case "psd":
            Array("8BPS".utf8) + [0, 1, 0, 0, 0, 0, 0, 0, 0, 3] + big(height, 4) + big(width, 4) + [0, 8, 0, 3]
        case "tga": patched("rgb.tga", at: 12, little(width, 2) + little(height, 2))
        default: Array("P6\n\(width) \(height)\n255\n".utf8) + [UInt8](repeating: 7, count: 100)
        }
    }

    /// A progressive JPEG whose one refinement scan is repeated.
    static func progressive(scans: Int) -> [UInt8] {
        let bytes = Fixtures.bytes("grey-progressive.jpg")
        let last = (0..<bytes.count - 1).last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA }!
        let scan = bytes[last..<bytes.count - 2]
        return bytes[..<(bytes.count - 2)] + (0..<scans).flatMap { _ in scan } + [0xFF, 0xD9]
    }

    private static func frameHeader(_ bytes: [UInt8]) -> Int {
        (0..<bytes.count - 1).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 }!
    }

    private static func patched(_ name: String, at offset: Int, _ patch: [UInt8]) -> [UInt8] {
        var bytes = Fixtures.bytes(name)
        bytes.replaceSubrange(offset..<offset + patch.count, with: patch)
        return bytes
    }

    private static func png(_ width: Int, _ height: Int) -> [UInt8] {
        var bytes = patched("rgb-8.png", at: 16, big(width, 4) + big(height, 4))
        bytes.replaceSubrange(29..<33, with: big(Int(CyclicSum.of(bytes.span, from: 12, to: 29)), 4))
        return bytes
    }

    private static func tiff(_ width: Int, _ height: Int) -> [UInt8] {
        let entries = [(0x0100, width), (0x0101, height), (0x0102, 8), (0x0106, 1), (0x0111, 8), (0x0117, 100)]
        let directory = entries.flatMap { little($0.0, 2) + little(4, 2) + little(1, 4) + little($0.1, 4) }
        return Array("II*\0".utf8) + little(8, 4) + little(entries.count, 2) + directory + little(0, 4)
    }

    private static func webp(_ width: Int, _ height: Int) -> [UInt8] {
        let coded = Fixtures.bytes("lossless-64x48.webp")[12...]
        let canvas = Array("VP8X".utf8) + little(10, 4) + [0, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3)
        let body = Array("WEBP".utf8) + canvas + coded
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
