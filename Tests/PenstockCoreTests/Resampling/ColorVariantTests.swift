import CPenstockKernels
import Testing

/// What the fast variants of the colour kernels are held to: the bits of the plain ones, within their rows.
@Suite("Every variant of the colour kernels agrees with the scalar one")
struct ColorVariantTests {
    private static var scalar: penstock_kernels { penstock_kernels_of(PENSTOCK_VARIANT_SCALAR)!.pointee }
    private static var fast: [UnsafePointer<penstock_kernels>] {
        [PENSTOCK_VARIANT_AVX2, PENSTOCK_VARIANT_AVX512].compactMap { penstock_kernels_of($0) }
    }

    private static func colors(using generator: inout SplitMix64) -> penstock_yuv {
        var colors = penstock_yuv()
        colors.sample_bytes = .random(in: 1...2, using: &generator)
        colors.shift = colors.sample_bytes == 1 ? 0 : .random(in: 1...8, using: &generator)
        colors.chroma_step = .random(in: 1...2, using: &generator)
        colors.halves_width = .random(using: &generator)
        penstock_yuv_make(&colors, 16, 255 / 219, 1.793, 0.213, 0.533, 2.112)
        return colors
    }

    private static func noise(_ count: Int, using generator: inout SplitMix64) -> [UInt8] {
        (0..<count).map { _ in .random(in: 0...255, using: &generator) }
    }

    @Test("converting rows, within the rows")
    func convertsAlike() {
        var generator = SplitMix64(state: 5)
        for _ in 0..<500 {
            var colors = Self.colors(using: &generator)
            let width = Int.random(in: 1...300, using: &generator)
            let chromaWidth = colors.halves_width ? (width + 1) / 2 : width
            let bytes = Int(colors.sample_bytes)
            let luma = Self.noise(width * bytes, using: &generator)
            // Both kinds may share a row: the second then starts a sample later, and the row is that much longer.
            let count = ((chromaWidth - 1) * Int(colors.chroma_step) + 1) * bytes
            let rows = (0..<4).map { _ in Self.noise(count, using: &generator) }
            func convert(_ kernels: penstock_kernels) -> [UInt8] {
                var out = [UInt8](repeating: 7, count: 3 * width + 16)
                luma.withUnsafeBufferPointer { luma in
                    rows[0].withUnsafeBufferPointer { u in
                        rows[1].withUnsafeBufferPointer { v in
                            rows[2].withUnsafeBufferPointer { farU in
                                rows[3].withUnsafeBufferPointer { farV in
                                    var row = penstock_yuv_row(
                                        luma: luma.baseAddress,
                                        near_u: u.baseAddress,
                                        near_v: v.baseAddress,
                                        far_u: farU.baseAddress,
                                        far_v: farV.baseAddress
                                    )
                                    kernels.convert_yuv(&colors, &row, Int32(width), &out)
                                }
                            }
                        }
                    }
                }
                return out
            }
            let expected = convert(Self.scalar)
            #expect(expected.suffix(16).allSatisfy { $0 == 7 })
            for kernels in Self.fast { #expect(convert(kernels.pointee) == expected, "\(width) \(colors)") }
        }
    }

    @Test("joining planes and colouring triples")
    func joinsAndColorsAlike() {
        var generator = SplitMix64(state: 6)
        for width in 1...200 {
            var colors = Self.colors(using: &generator)
            let planes = (0..<3).map { _ in Self.noise(2 * width + 64, using: &generator) }
            func run(_ kernels: penstock_kernels) -> (joined: ArraySlice<UInt8>, colored: [UInt8]) {
                var out = [UInt8](repeating: 0, count: 3 * width + 192)
                let halves: Int32 = colors.halves_width ? 1 : 0
                kernels.join_planes(planes[0], planes[1], planes[2], Int32(width), halves, colors.chroma_step, &out)
                let joined = out[..<(3 * width)]
                var colored = Array(joined) + [7, 7, 7]
                kernels.color_triples(&colors, &colored, Int32(width))
                return (joined, colored)
            }
            let expected = run(Self.scalar)
            #expect(expected.colored.suffix(3) == [7, 7, 7])
            for kernels in Self.fast {
                let made = run(kernels.pointee)
                #expect(made.joined == expected.joined && made.colored == expected.colored, "\(width) \(colors)")
            }
        }
    }

    @Test("rounding deep samples, every one of them", arguments: 1...8)
    func narrowsAlike(shift: Int) {
        let words = (0...UInt16.max).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let expected = (0...65535).map { UInt8(min(255, ($0 + (1 << (shift - 1))) >> shift)) }
        for kernels in [Self.scalar] + Self.fast.map(\.pointee) {
            var out = [UInt8](repeating: 0, count: 65536)
            kernels.narrow(words, 65536, Int32(shift), &out)
            #expect(out == expected)
        }
    }

    @Test("grey has no colour, and the ends of the range are black and white")
    func grayIsNeutral() {
        var colors = penstock_yuv()
        penstock_yuv_make(&colors, 16, 255.0 / 219, 1.596, 0.392, 0.813, 2.017)
        for level in 0...255 {
            var row: [UInt8] = [UInt8(level), 128, 128]
            Self.scalar.color_triples(&colors, &row, 1)
            let exact = min(255, max(0, (Double(level) - 16) * 255 / 219)).rounded()
            #expect(row == [UInt8](repeating: UInt8(exact), count: 3))
        }
    }
}
