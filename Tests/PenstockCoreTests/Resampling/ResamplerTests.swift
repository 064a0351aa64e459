import PenstockCore
import Testing

@Suite struct ResamplerTests {
    private let inception = Preprocessing(
        size: ImageSize(width: 29, height: 23),
        normalization: Normalization(scale: 1 / 127.5, mean: [1, 1, 1])
    )

    @Test("takes rows in any order of blocks", arguments: ResamplingFilter.allCases, KernelVariant.available)
    func takesRowsInAnyOrder(filter: ResamplingFilter, variant: KernelVariant) throws {
        var contract = inception
        contract.filter = filter
        let resampler = Resampler(contract, variant: variant)
        // The second makes columns first.
        for size in [ImageSize(width: 64, height: 50), ImageSize(width: 40, height: 90)] {
            let picture = TestPicture("noise", seed: 3, size: size)
            let whole = try resampler.prepare(picture)
            let single = (0..<size.height).map { $0..<$0 + 1 }
            #expect(try resampler.prepare(picture, blocks: single.reversed(), padding: 5) == whole)
            let blocks = stride(from: 0, to: size.height, by: 7).map { $0..<min($0 + 7, size.height) }
            #expect(try resampler.prepare(picture, blocks: blocks.reversed()) == whole)
        }
    }

    @Test("is as good as new for every picture")
    func keepsNothingOfEarlierPictures() throws {
        let resampler = Resampler(inception)
        var generator = SplitMix64(state: 1)
        // More sizes than plans are kept, twice over.
        for round in 0..<60 {
            let size = ImageSize(
                width: .random(in: 1...90, using: &generator),
                height: .random(in: 1...90, using: &generator)
            )
            let picture = TestPicture("noise", seed: round, size: size)
            #expect(try resampler.prepare(picture) == Resampler.prepare(picture, inception, variant: .scalar))
        }
    }

    @Test("begins anew after a picture that was given up")
    func forgetsAPictureGivenUp() throws {
        let resampler = Resampler(inception)
        let picture = TestPicture("noise", seed: 3, size: ImageSize(width: 64, height: 50))
        let whole = try resampler.prepare(picture)
        try resampler.begin(ImageSize(width: 80, height: 80), .rgb)
        #expect(try resampler.prepare(picture) == whole)
    }

    @Test("pads with the contract's value, normalised")
    func normalisesPadding() throws {
        var contract = inception
        contract.fit = .contain(pad: 255)
        let picture = TestPicture("white", seed: 0, size: ImageSize(width: 40, height: 10))
        let out = try Resampler.prepare(picture, contract)
        let values = out.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        let white = Float(-1).addingProduct(255, Float(1 / 127.5))
        #expect(values.allSatisfy { $0 == white })
    }

    @Test("asks for smaller pictures only where that was allowed")
    func asksForSmallerPicturesWhereAllowed() {
        let source = ImageSize(width: 640, height: 480)
        var contract = inception
        contract.size = ImageSize(side: 224)
        contract.fit = .cover(cropFraction: 0.875)
        #expect(Resampler(contract).smallestUsefulSize(of: source) == source)
        let scaled = Resampler(contract, allowsScaledDecoding: true)
        #expect(scaled.smallestUsefulSize(of: source) == ImageSize(width: 341, height: 256))
        #expect(scaled.smallestUsefulSize(of: ImageSize(width: 100, height: 300)) == ImageSize(width: 100, height: 300))
    }

    @Test("refuses pictures without pixels and beyond all measure")
    func refusesImpossibleSizes() {
        let resampler = Resampler(inception)
        #expect(throws: PenstockError.self) { try resampler.begin(ImageSize(width: 0, height: 5), .rgb) }
        #expect(throws: PenstockError.self) { try resampler.begin(ImageSize(width: 1 << 25, height: 1), .rgb) }
    }
}
