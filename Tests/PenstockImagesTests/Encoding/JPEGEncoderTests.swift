import PenstockCore
import Testing

@testable import PenstockImages

@Suite("JPEGs written by the kernels equal libjpeg-turbo's byte for byte")
struct JPEGEncoderTests {
    /// Every layout and sampling that makes a different file.
    private static let forms: [(layout: PixelLayout, subsampling: JPEGEncoding.Subsampling)] =
        [(.gray, .halved)]
        + JPEGEncoding.Subsampling.allCases.flatMap { [(PixelLayout.rgb, $0), (.rgba, $0)] }

    private static func encoding(_ quality: Int, _ subsampling: JPEGEncoding.Subsampling = .halved) -> JPEGEncoding {
        var encoding = JPEGEncoding()
        encoding.quality = quality
        encoding.subsampling = subsampling
        return encoding
    }

    /// Encodes by both, behind a byte that must stay.
    private func expectAgreement(_ pixels: PixelBuffer, _ encoding: JPEGEncoding, _ encoder: JPEGEncoder) throws {
        let (ours, reference) = (EncodedBytes(), EncodedBytes())
        try ours.append([1])
        try encoder.encodeByKernels(pixels, encoding, .none, into: ours)
        try reference.append([1])
        try LibraryJPEG.encode(pixels, encoding, behind: EncodedBytes(), into: reference)
        let isEqual = ours.bytes.elementsEqual(reference.bytes)
        #expect(isEqual, "\(pixels.size), \(pixels.layout), \(encoding)")
    }

    @Test(arguments: KernelVariant.available)
    func atSmallSizes(variant: KernelVariant) throws {
        let encoder = JPEGEncoder(variant)
        for edge in 1...40 {
            let size = ImageSize(width: edge, height: 1 + edge * 7 % 40)
            for form in Self.forms {
                let pixels = PixelBuffer(drawing: .noise, size, form.layout, seed: UInt64(edge))
                try expectAgreement(pixels, Self.encoding(90, form.subsampling), encoder)
            }
        }
    }

    @Test(arguments: KernelVariant.available)
    func atEveryQuality(variant: KernelVariant) throws {
        let encoder = JPEGEncoder(variant)
        let size = ImageSize(width: 33, height: 17)
        for quality in [0, 101] + Array(1...100) {
            try expectAgreement(PixelBuffer(drawing: .noise, size, .gray), Self.encoding(quality), encoder)
            try expectAgreement(PixelBuffer(drawing: .noise, size, .rgb), Self.encoding(quality), encoder)
        }
    }

    @Test(arguments: KernelVariant.available, Drawing.allCases)
    func whateverThePictureShows(variant: KernelVariant, drawing: Drawing) throws {
        let encoder = JPEGEncoder(variant)
        for (layout, subsampling) in Self.forms where layout != .rgba {
            let pixels = PixelBuffer(drawing: drawing, ImageSize(width: 70, height: 50), layout)
            for quality in [100, 75, 30, 5] {
                try expectAgreement(pixels, Self.encoding(quality, subsampling), encoder)
            }
        }
    }

    @Test("across the stretches that wide pictures are cut into", arguments: KernelVariant.available)
    func acrossStretches(variant: KernelVariant) throws {
        let encoder = JPEGEncoder(variant)
        for width in [511, 512, 513, 1040] {
            for form in Self.forms {
                let pixels = PixelBuffer(drawing: .noise, ImageSize(width: width, height: 9), form.layout)
                try expectAgreement(pixels, Self.encoding(95, form.subsampling), encoder)
            }
        }
    }

    @Test("at 500×375", arguments: KernelVariant.available.filter { $0 != .scalar })
    func atTheSizeOfPhotographs(variant: KernelVariant) throws {
        let encoder = JPEGEncoder(variant)
        for form in Self.forms {
            let pixels = PixelBuffer(drawing: .noise, ImageSize(width: 500, height: 375), form.layout)
            try expectAgreement(pixels, Self.encoding(95, form.subsampling), encoder)
        }
    }
}
