import PenstockCore

@testable import PenstockImages

/// Pictures that encoders find easy, hard and odd.
enum DrawnPicture: String, CaseIterable, Sendable {
    case black
    case white
    case noise
    case gradient
    case checker
    /// Bytes that go on for 1 to 600.
    case runs
    /// Differences of very uneven frequency, for which the best codes would be longer than the longest.
    case uneven
    /// What photos are like: a slope with noise.
    case grain

    /// Draws a picture.
    func pixels(_ size: ImageSize, _ layout: PixelLayout, seed: UInt64 = 7) -> PixelBuffer {
        var buffer = PixelBuffer(size: size, layout: layout)
        var random = Mixer(state: seed)
        let rowBytes = buffer.rowBytes
        var value: UInt8 = 0
        var left = 0
        buffer.withMutableBytes { bytes in
            for index in 0..<bytes.count {
                let (x, y) = (index % rowBytes / layout.channels, index / rowBytes)
                switch self {
                case .black: value = 0
                case .white: value = 255
                case .noise: value = UInt8(truncatingIfNeeded: random.next())
                case .gradient: value = UInt8(truncatingIfNeeded: x + 2 * y + index % layout.channels)
                case .checker: value = (x + y) % 2 == 0 ? 0 : 255
                case .runs:
                    if left == 0 { (value, left) = (UInt8(truncatingIfNeeded: random.next()), random.below(600) + 1) }
                    left -= 1
                case .uneven: value = value &+ UInt8(random.next().trailingZeroBitCount)
                case .grain: value = UInt8(truncatingIfNeeded: x / 2 + y / 3 + random.below(9))
                }
                bytes[index] = value
            }
        }
        return buffer
    }

    /// Sizes at which blocks, vectors and rows end in every way.
    static let sizes =
        (1...70).map { ImageSize(width: $0, height: 1 + $0 * 7 % 11) }
        + [
            ImageSize(width: 1, height: 1), ImageSize(width: 2, height: 1), ImageSize(width: 1, height: 2),
            ImageSize(width: 3, height: 300), ImageSize(width: 700, height: 1), ImageSize(width: 70, height: 70),
        ]
}

/// Random numbers that are the same everywhere.
struct Mixer {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

extension PixelBuffer {
    /// The picture in another layout of colours: without opacity, or with all that there is, or grey as colours.
    func spread(to layout: PixelLayout) -> [UInt8] {
        guard layout != self.layout else { return bytes }
        var all: [UInt8] = []
        all.reserveCapacity(size.pixelCount * layout.channels)
        for start in stride(from: 0, to: bytes.count, by: self.layout.channels) {
            for color in 0..<3 { all.append(bytes[self.layout == .gray ? start : start + color]) }
            if layout == .rgba { all.append(255) }
        }
        return all
    }
}

extension EncodedBytes {
    /// A copy of the bytes.
    var copy: [UInt8] { Array(bytes) }
}

/// Encodes a picture by an encoder of its own.
func encode(
    _ pixels: PixelBuffer,
    as encoding: PictureEncoding,
    metadata: PictureMetadata = .none
) throws -> [UInt8] {
    let file = EncodedBytes()
    try PictureEncoder().encode(pixels, as: encoding, metadata: metadata, into: file)
    return file.copy
}

/// Decodes what was written, in whatever layout the decoder gives without loss, and tells whether it is the picture.
func holds(_ file: [UInt8], _ pixels: PixelBuffer) throws -> Bool {
    let canvas = PixelCanvas { $0 }
    let info = try file.withUnsafeBytes { try PictureDecoder().decode($0, into: canvas) }
    return info.size == pixels.size && info.warning == nil
        && canvas.pixels.bytes == pixels.spread(to: canvas.pixels.layout)
}

/// A profile by its looks: a header that names the kind of its colours.
func profile(_ kind: String, bytes: Int = 501) -> [UInt8] {
    var profile = [UInt8](repeating: 7, count: bytes)
    profile.replaceSubrange(16..<20, with: Array(kind.utf8))
    return profile
}

/// An EXIF block that says nothing, of an odd length.
let exifBlock: [UInt8] = Array("II*\0".utf8) + [8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
