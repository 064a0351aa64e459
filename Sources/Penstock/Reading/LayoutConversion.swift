internal import PenstockCore
internal import PenstockImages

/// Brings pictures to another layout.
enum LayoutConversion {
    /// The picture in another layout: luma as Pillow computes it, opacity left out or full.
    static func convert(
        _ pixels: PixelBuffer,
        to layout: PixelLayout,
        with workshop: PixelWorkshop
    ) throws(PenstockError) -> PixelBuffer {
        if layout == .gray {
            var gray = pixels
            try workshop.apply(.gray, to: &gray)
            return gray
        }
        var converted = PixelBuffer(size: pixels.size, layout: layout)
        converted.withMutableBytes { fill(&$0, layout.channels, from: pixels.bytes.span, pixels.layout.channels) }
        return converted
    }

    private static func fill(_ target: inout MutableSpan<UInt8>, _ written: Int, from source: Span<UInt8>, _ read: Int)
    {
        for pixel in 0..<target.count / written {
            for channel in 0..<written {
                let isOpacity = channel == 3
                target[pixel * written + channel] = isOpacity ? .max : source[pixel * read + (read == 1 ? 0 : channel)]
            }
        }
    }
}
