import CPenstockKernels
import CTurboJPEG
import PenstockCore

extension JPEGEncoding {
    /// The quality, brought between the ends of libjpeg's scale.
    fileprivate var quality32: Int32 {
        Int32(max(Self.qualities.lowerBound, min(Self.qualities.upperBound, quality)))
    }

    /// How chroma is sampled; grey has none.
    fileprivate func sampling(of layout: PixelLayout) -> penstock_jpeg_sampling {
        switch (layout, subsampling) {
        case (.gray, _): PENSTOCK_JPEG_GRAY
        case (_, .halved): PENSTOCK_JPEG_420
        case (_, .halvedAcross): PENSTOCK_JPEG_422
        case (_, .full): PENSTOCK_JPEG_444
        }
    }
}

extension penstock_jpeg_form {
    /// What the kernels are to write.
    init(_ pixels: PixelBuffer, _ encoding: JPEGEncoding) {
        self.init(
            width: Int32(pixels.size.width),
            height: Int32(pixels.size.height),
            channels: Int32(pixels.layout.channels),
            quality: encoding.quality32,
            sampling: encoding.sampling(of: pixels.layout)
        )
    }
}

extension penstock_jpeg_picture {
    /// What the library is to write.
    init(
        _ pixels: PixelBuffer,
        at samples: UnsafePointer<UInt8>?,
        _ encoding: JPEGEncoding,
        segments: UnsafeRawBufferPointer
    ) {
        unsafe self.init()
        unsafe self.pixels = samples
        unsafe stride = pixels.rowBytes
        unsafe width = Int32(pixels.size.width)
        unsafe height = Int32(pixels.size.height)
        unsafe channels = Int32(pixels.layout.channels)
        unsafe quality = encoding.quality32
        unsafe horizontal_sampling = encoding.subsampling == .full ? 1 : 2
        unsafe vertical_sampling = encoding.subsampling == .halved ? 2 : 1
        unsafe progressive = encoding.isProgressive
        unsafe optimized = encoding.isOptimized
        unsafe self.segments = segments.assumingMemoryBound(to: UInt8.self).baseAddress
        unsafe segment_bytes = segments.count
    }
}
