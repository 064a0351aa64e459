import PenstockCore
import Testing

/// What `PixelWorkshopTests` do not see: every variant of the kernels, and rows that come in blocks.
@Suite struct PictureResizerTests {
    private static let placements: [(Placement, ImageSize)] = [
        (Placement(resized: ImageSize(width: 21, height: 40), x: 0, y: 0), ImageSize(width: 21, height: 40)),
        (Placement(resized: ImageSize(width: 70, height: 9), x: 0, y: 0), ImageSize(width: 70, height: 9)),
        (Placement(resized: ImageSize(width: 50, height: 31), x: -4, y: -3), ImageSize(width: 60, height: 40)),
        (Placement(resized: ImageSize(width: 90, height: 80), x: 17, y: 5), ImageSize(width: 33, height: 61)),
    ]
    private static let source = ImageSize(width: 50, height: 47)

    @Test(arguments: PixelLayout.allCases, ResamplingFilter.allCases)
    func everyVariantAndEveryOrderOfBlocksAgree(_ layout: PixelLayout, _ filter: ResamplingFilter) throws {
        let samples = TestPicture.noise(Self.source.pixelCount * layout.channels, seed: 5)
        for (placement, canvas) in Self.placements {
            let expected = try resize(
                samples,
                layout,
                placement,
                canvas,
                PictureResizer(filter, variant: .scalar),
                [0..<47]
            )
            for variant in KernelVariant.allCases where KernelVariant.available.contains(variant) {
                let resizer = PictureResizer(filter, variant: variant)
                for blocks in [[0..<47], [30..<47, 13..<30, 0..<13], [0..<1, 1..<17, 17..<47]] {
                    let made = try resize(samples, layout, placement, canvas, resizer, blocks)
                    #expect(made == expected, "\(variant), \(placement), \(blocks)")
                }
            }
        }
    }

    @Test func refusesPlansOutOfAllProportion() {
        let long = ImageSize(width: 1 << 24, height: 1)
        let small = ImageSize(width: 3, height: 1)
        let placement = Placement(resized: small, x: 0, y: 0)
        #expect(throws: PenstockError.self) {
            try PictureResizer(.lanczos).begin(long, .gray, as: placement, on: small)
        }
    }

    private func resize(
        _ samples: [UInt8],
        _ layout: PixelLayout,
        _ placement: Placement,
        _ canvas: ImageSize,
        _ resizer: PictureResizer,
        _ blocks: [Range<Int>]
    ) throws -> PixelBuffer {
        let rowBytes = Self.source.width * layout.channels
        var picture = PixelBuffer(size: canvas, layout: layout)
        try resizer.begin(Self.source, layout, as: placement, on: canvas)
        for rows in blocks {
            let block = Array(samples[rows.lowerBound * rowBytes..<rows.upperBound * rowBytes])
            block.withUnsafeBytes {
                resizer.take($0, stride: rowBytes, first: rows.lowerBound, count: rows.count)
            }
        }
        resizer.finish(into: &picture)
        return picture
    }
}
