import PenstockCore

@testable import PenstockImages

/// What test pictures show.
enum Drawing: CaseIterable {
    /// Bytes without any pattern, which make the longest files.
    case noise
    /// Black and white by turns: the largest coefficients.
    case checkers
    /// Stripes a pixel wide.
    case stripes
    /// Black and white without any pattern.
    case salt
    /// Steps of one, most of which quantise to nothing.
    case slope
    /// One colour.
    case flat
}

extension PixelBuffer {
    /// Draws a picture; the same seed gives the same samples.
    init(drawing: Drawing, _ size: ImageSize, _ layout: PixelLayout, seed: UInt64 = 1) {
        self.init(size: size, layout: layout)
        var state = seed
        let (width, channels) = (size.width, layout.channels)
        withMutableBytes { samples in
            for index in samples.indices {
                let (x, y, channel) = (index / channels % width, index / channels / width, index % channels)
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let noise = UInt8(truncatingIfNeeded: state >> 56)
                samples[index] =
                    switch drawing {
                    case .noise: noise
                    case .checkers: (x + y) % 2 == 0 ? 0 : 255
                    case .stripes: x % 2 == 0 ? 0 : 255
                    case .salt: noise < 128 ? 0 : 255
                    case .slope: UInt8(truncatingIfNeeded: 40 + x / 3 + y / 5 + 30 * channel)
                    case .flat: UInt8(60 * channel + 10)
                    }
            }
        }
    }
}

/// A picture as a JPEG.
func jpeg(
    _ pixels: PixelBuffer,
    _ encoding: JPEGEncoding = JPEGEncoding(),
    _ metadata: PictureMetadata = .none,
    by encoder: JPEGEncoder = JPEGEncoder()
) throws(PenstockError) -> [UInt8] {
    let bytes = EncodedBytes()
    try encoder.encode(pixels, encoding, metadata, into: bytes)
    return unsafe Array(bytes.bytes)
}
