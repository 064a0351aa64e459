import CPenstockKernels
import PenstockCore
import Testing

@Suite("Normalisation")
struct NormalizationTests {
    @Test("rounds once, as a fused multiply-add does")
    func roundsOnce() {
        var generator = SplitMix64(state: 5)
        for _ in 0..<400 {
            let multiplier = (0..<3).map { _ in Float.random(in: -1...1, using: &generator) * 0.02 }
            let offset = (0..<3).map { _ in Float.random(in: -3...3, using: &generator) }
            expectFused(multiplier, offset)
        }
    }

    @Test("rounds once where a sum rounded twice would err")
    func roundsTiesOnce() {
        // Products that lie far below the offsets' last bit, on both sides of a tie.
        let tiny = Float(sign: .plus, exponent: -60, significand: 1.25)
        expectFused([tiny, -tiny, tiny], [1 + Float.ulpOfOne, 1, -1 - Float.ulpOfOne])
        let half = Float(sign: .plus, exponent: -24, significand: 1)
        expectFused([half, half.nextUp, half.nextDown], [1, 1 + Float.ulpOfOne, -1])
    }

    private func expectFused(_ multiplier: [Float], _ offset: [Float]) {
        let normalization = UnsafeMutablePointer<penstock_normalization>.allocate(capacity: 1)
        defer { normalization.deallocate() }
        penstock_normalization_make(normalization, multiplier, offset)
        withUnsafeBytes(of: &normalization.pointee.table) { bytes in
            let table = bytes.bindMemory(to: Float.self)
            let agree = (0..<3 * 256).allSatisfy { index in
                let (channel, sample) = (index / 256, index % 256)
                let fused = offset[channel].addingProduct(Float(sample), multiplier[channel])
                return table[index].bitPattern == fused.bitPattern
            }
            #expect(agree, "\(multiplier) \(offset)")
        }
    }

    @Test("writes every type, layout and order", arguments: KernelVariant.available)
    func writesEveryLayout(variant: KernelVariant) throws {
        for width in [1, 2, 5, 15, 16, 17, 21, 22, 31, 32, 33, 47, 48, 49, 64, 65, 100, 299] {
            let picture = TestPicture("noise", seed: width, size: ImageSize(width: width, height: 3))
            for contract in Preprocessing.everyLayout(of: picture.size) {
                let out = try Resampler.prepare(picture, contract, variant: variant)
                #expect(
                    out == contract.expectedBytes(of: picture),
                    "\(width) \(contract.layout) \(contract.colorOrder)"
                )
            }
        }
    }
}

extension Preprocessing {
    /// Contracts that leave a picture's size as it is, for every way to lay it out.
    static func everyLayout(of size: ImageSize) -> [Preprocessing] {
        let normalization = Normalization(
            scale: 1 / 255,
            mean: [0.485, 0.456, 0.406],
            deviation: [0.229, 0.224, 0.225]
        )
        return ElementType.allCases.flatMap { type in
            TensorLayout.allCases.flatMap { layout in
                ColorOrder.allCases.map { order in
                    Preprocessing(
                        size: size,
                        colorOrder: order,
                        normalization: normalization,
                        elementType: type,
                        layout: layout
                    )
                }
            }
        }
    }

    /// What the tensor of a picture of the contract's own size holds, by the definition.
    fileprivate func expectedBytes(of picture: TestPicture) -> [UInt8] {
        let pixels = size.pixelCount
        var values = [UInt8](repeating: 0, count: pixels * 3)
        var floats = [Float](repeating: 0, count: pixels * 3)
        for pixel in 0..<pixels {
            for channel in 0..<3 {
                let sample = picture.pixels[pixel * 3 + (colorOrder == .rgb ? channel : 2 - channel)]
                let place = layout == .nhwc ? pixel * 3 + channel : channel * pixels + pixel
                values[place] = sample
                floats[place] = normalization.offset[channel]
                    .addingProduct(Float(sample), normalization.multiplier[channel])
            }
        }
        return elementType == .uint8 ? values : floats.withUnsafeBytes { Array($0) }
    }
}
