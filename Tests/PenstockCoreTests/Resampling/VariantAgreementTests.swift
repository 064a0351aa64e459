import PenstockCore
import Testing

@Suite("Every variant of the kernels agrees with the scalar one")
struct VariantAgreementTests {
    @Test("on random pictures, sizes, fits and layouts", arguments: KernelVariant.available.filter { $0 != .scalar })
    func agreesOnRandomPictures(variant: KernelVariant) throws {
        var generator = SplitMix64(state: 11)
        for round in 0..<250 {
            let contract = Preprocessing.random(using: &generator)
            let size = ImageSize(width: generator.edge(upTo: 700), height: generator.edge(upTo: 160))
            let kind = ["noise", "pattern", "white"].randomElement(using: &generator)!
            let picture = TestPicture(kind, seed: round, size: size)
            let out = try Resampler.prepare(picture, contract, variant: variant)
            #expect(try out == Resampler.prepare(picture, contract, variant: .scalar), "\(size) \(contract)")
        }
    }

    @Test("at every small width", arguments: KernelVariant.available.filter { $0 != .scalar })
    func agreesAtSmallWidths(variant: KernelVariant) throws {
        for width in 1...70 {
            let picture = TestPicture("noise", seed: width, size: ImageSize(width: width, height: 5))
            for target in [1, 2, 3, 7, 16, 45] {
                for filter in [ResamplingFilter.bilinear, .lanczos, .opencvBilinear] {
                    let contract = Preprocessing.pixels(ImageSize(width: target, height: 4), filter: filter)
                    let out = try Resampler.prepare(picture, contract, variant: variant)
                    let expected = try Resampler.prepare(picture, contract, variant: .scalar)
                    #expect(out == expected, "\(width) to \(target), \(filter)")
                }
            }
        }
    }
}

extension SplitMix64 {
    /// A length that is more often small than large.
    fileprivate mutating func edge(upTo limit: Int) -> Int {
        let bound = Int.random(in: 1...limit, using: &self)
        return .random(in: 1...bound, using: &self)
    }
}

extension Preprocessing {
    fileprivate static func random(using generator: inout SplitMix64) -> Preprocessing {
        let size = ImageSize(width: generator.edge(upTo: 200), height: generator.edge(upTo: 60))
        var contract = everyLayout(of: size).randomElement(using: &generator)!
        contract.filter = ResamplingFilter.allCases.randomElement(using: &generator)!
        let fits: [Fit] = [.stretch, .cover(cropFraction: 0.9), .cover(rounding: .halfToEven), .contain(pad: 114)]
        contract.fit = fits.randomElement(using: &generator)!
        return contract
    }
}
