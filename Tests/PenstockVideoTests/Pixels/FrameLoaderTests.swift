import CFFmpeg
import PenstockCore
import PenstockImages
import Testing

@testable import PenstockVideo

@Suite struct FrameLoaderTests {
    /// A frame of random waves: soft enough that two ways of resizing agree, different at every corner.
    private static func frame(
        _ size: ImageSize,
        _ format: AVPixelFormat = AV_PIX_FMT_YUV420P,
        orientation: Orientation = .upright,
        alignment: Int32 = 64
    ) -> VideoFrame {
        let count = Int(av_image_get_buffer_size(format, Int32(size.width), Int32(size.height), 1))
        let half = ImageSize(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        var bytes: [UInt8] = []
        for plane in [size, half, half] {
            for y in 0..<plane.height {
                for x in 0..<plane.width {
                    let (u, v) = (x * 255 / max(1, plane.width), y * 255 / max(1, plane.height))
                    bytes.append(UInt8(40 + (bytes.count > size.pixelCount ? u : (2 * u + v) / 3) * 2 / 3))
                }
            }
        }
        while bytes.count < count { bytes += bytes }
        return RawFrames.frame(Array(bytes[..<count]), size, format, orientation: orientation, alignment: alignment)
    }

    @Test func `every contract that it takes is held as in the exact way`() throws {
        let fits: [Fit] = [
            .stretch, .cover(), .cover(cropFraction: 0.875, rounding: .halfToEven), .contain(pad: 114),
        ]
        let frame = Self.frame(ImageSize(width: 200, height: 120))
        for fit in fits {
            for filter in ResamplingFilter.allCases {
                for layout in TensorLayout.allCases {
                    for order in ColorOrder.allCases {
                        var contract = Preprocessing(size: ImageSize(width: 50, height: 43), fit: fit, filter: filter)
                        (contract.layout, contract.colorOrder, contract.elementType) = (layout, order, .uint8)
                        let fast = try FrameLoader.bytes(frame, contract)
                        let exact = try FrameLoader.bytes(frame, contract, convertsWhole: true)
                        let apart = PixelDifference(fast, exact)
                        #expect(apart.largest <= 8, "\(contract): \(apart)")
                    }
                }
            }
        }
    }

    @Test func `floats are the bytes through the contract's normalisation`() throws {
        let frame = Self.frame(ImageSize(width: 128, height: 96))
        var contract = Preprocessing.inception(size: 31)
        let floats = try FrameLoader.bytes(frame, contract).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        contract.elementType = .uint8
        let bytes = try FrameLoader.bytes(frame, contract)
        let (multiplier, offset) = (contract.normalization.multiplier[0], contract.normalization.offset[0])
        #expect(floats == bytes.map { offset.addingProduct(Float($0), multiplier) })
    }

    @Test(arguments: Orientation.allCases)
    func `a turned frame is what turning first would give`(orientation: Orientation) throws {
        for size in [ImageSize(width: 122, height: 90), ImageSize(width: 70, height: 130)] {
            for fit in [Fit.stretch, .cover(), .contain(pad: 7)] {
                let contract = Preprocessing(size: ImageSize(width: 37, height: 30), fit: fit, elementType: .uint8)
                let frame = Self.frame(size, orientation: orientation)
                let fast = try FrameLoader.bytes(frame, contract)
                let exact = try FrameLoader.bytes(frame, contract, convertsWhole: true)
                let apart = PixelDifference(fast, exact)
                #expect(apart.largest <= 8, "\(size) \(fit): \(apart)")
            }
        }
    }

    @Test func `rows without room behind them are read alike`() throws {
        let contract = Preprocessing(size: ImageSize(width: 20, height: 20), elementType: .uint8)
        let size = ImageSize(width: 90, height: 50)
        let roomy = try FrameLoader.bytes(Self.frame(size), contract)
        #expect(try FrameLoader.bytes(Self.frame(size, alignment: 1), contract) == roomy)
    }

    @Test func `sizes from one pixel up are taken`() throws {
        let contract = Preprocessing(size: ImageSize(width: 5, height: 4), elementType: .uint8)
        for width in [1, 2, 3, 5, 17, 64, 65, 127, 129, 255] {
            for height in [1, 2, 3, 4, 5, 33] {
                for format in [AV_PIX_FMT_YUV420P, AV_PIX_FMT_NV12, AV_PIX_FMT_YUV444P, AV_PIX_FMT_GRAY8] {
                    let frame = Self.frame(ImageSize(width: width, height: height), format)
                    #expect(try FrameLoader.bytes(frame, contract).count == contract.byteCount)
                    #expect(try frame.pixels().bytes.count == width * height * 3)
                }
            }
        }
    }

    @Test func `an upright frame's pixels have its size`() throws {
        let frame = Self.frame(ImageSize(width: 12, height: 8), orientation: .quarterTurn)
        #expect(try frame.pixels().size == ImageSize(width: 8, height: 12))
    }

    /// Grey of 16 to 235 in limited range is black to white; what states no range is limited, but grey is full.
    @Test(
        arguments: [
            (AV_PIX_FMT_YUV420P, AVCOL_RANGE_UNSPECIFIED, [0, 255]), (AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, [0, 255]),
            (AV_PIX_FMT_YUV420P, AVCOL_RANGE_JPEG, [16, 235]),
            (AV_PIX_FMT_YUVJ420P, AVCOL_RANGE_UNSPECIFIED, [16, 235]),
            (AV_PIX_FMT_GRAY8, AVCOL_RANGE_UNSPECIFIED, [16, 235]),
        ]
    )
    func `the range is the frame's`(format: AVPixelFormat, range: AVColorRange, expected: [UInt8]) throws {
        let size = ImageSize(width: 64, height: 64)
        for (level, value) in zip([16, 235] as [UInt8], expected) {
            let luma = [UInt8](repeating: level, count: size.pixelCount)
            let chroma = [UInt8](repeating: 128, count: format == AV_PIX_FMT_GRAY8 ? 0 : size.pixelCount / 2)
            let frame = RawFrames.frame(luma + chroma, size, format, FrameColors(range: range))
            let contract = Preprocessing(size: ImageSize(side: 16), elementType: .uint8)
            let every = [UInt8](repeating: value, count: 16 * 16 * 3)
            #expect(try FrameLoader.bytes(frame, contract) == every)
            #expect(try FrameLoader.bytes(frame, contract, convertsWhole: true) == every)
        }
    }

    @Test(
        arguments: [
            "rgb24", "bgr24", "bgra", "gbrp", "rgb565le", "gray", "gray10le", "gbrp10le", "yuyv422", "uyvy422",
            "yuv410p",
            "yuv411p", "yuv440p", "yuva420p", "p016le", "yuv444p16le", "yuv420p10be", "ya8", "pal8",
        ]
    )
    func `other formats show the same picture`(name: String) throws {
        let size = ImageSize(width: 96, height: 64)
        let scene = ["-f", "lavfi", "-i", "gradients=size=96x64:c0=gray:c1=orange:n=2:seed=3"]
        let scaling = ["-vf", "scale=out_range=tv:out_color_matrix=smpte170m:\(FrameColors.accurate)"]
        let contract = Preprocessing(size: ImageSize(width: 32, height: 24), elementType: .uint8)
        let plain = try RawFrames.bytes("gradient-rgb24", scene, format: "rgb24")
        let expected = try FrameLoader.bytes(RawFrames.frame(plain, size, AV_PIX_FMT_RGB24), contract)
        let bytes = try RawFrames.bytes("gradient-\(name)", scene + scaling, format: name)
        let isGray = name.hasPrefix("gray") || name == "ya8"
        let frame = RawFrames.frame(bytes, size, av_get_pix_fmt(name))
        let made = try FrameLoader.bytes(frame, contract)
        // Few bits, a palette, or a quarter of the chroma show; grey has lost its colour.
        let isCoarse = ["rgb565le", "pal8", "yuv410p", "yuv411p"].contains(name)
        let apart = PixelDifference(made, expected)
        #expect(isGray || apart.mean <= (isCoarse ? 8 : 2), "\(apart)")
        if isGray { #expect(stride(from: 0, to: made.count, by: 3).allSatisfy { made[$0] == made[$0 + 2] }) }
    }
}
