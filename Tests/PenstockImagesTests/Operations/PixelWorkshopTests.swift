import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

/// Every operation against Pillow, bit for bit.
@Suite struct PixelWorkshopTests {
    @Test(arguments: OperationCases.operations.keys.sorted())
    func agreesWithPillow(_ name: String) throws {
        let operation = try #require(OperationCases.operations[name])
        let expected = try #require(OperationCases.expected[name])
        try PixelWorkshop.check(operation)
        let workshop = PixelWorkshop()
        for layout in PixelLayout.allCases {
            var sum = Checksum()
            for size in OperationCases.sizes {
                var picture = OperationCases.picture(size, layout)
                try workshop.apply(operation, to: &picture)
                sum.add(picture)
            }
            #expect(sum.value == expected[layout.name], "\(name), \(layout)")
        }
    }

    @Test func knowsEveryCaseOfTheScript() {
        #expect(Set(OperationCases.operations.keys) == Set(OperationCases.expected.keys))
    }

    @Test(arguments: PixelLayout.allCases)
    func cropsWhatIsAskedFor(_ layout: PixelLayout) throws {
        let picture = OperationCases.picture(ImageSize(width: 31, height: 23), layout)
        var corner = picture
        try PixelWorkshop().apply(.crop(Cropping(ImageSize(width: 5, height: 4), x: 26, y: 19)), to: &corner)
        #expect(corner.bytes == picture.part(x: 26, y: 19, width: 5, height: 4))
        var middle = picture
        try PixelWorkshop().apply(.crop(Cropping(ImageSize(width: 6, height: 4))), to: &middle)
        #expect(middle.bytes == picture.part(x: 12, y: 9, width: 6, height: 4))
        var whole = picture
        try PixelWorkshop().apply(.crop(Cropping(picture.size)), to: &whole)
        #expect(whole == picture)
    }

    @Test(arguments: [
        Cropping(ImageSize(width: 32, height: 1)), Cropping(ImageSize(width: 5, height: 5), x: 27),
        Cropping(ImageSize(width: 5, height: 5), y: 19), Cropping(ImageSize(width: 5, height: 5), x: -1),
        Cropping(ImageSize(width: Int.max, height: 5), x: Int.max), Cropping(ImageSize(width: 0, height: 5)),
    ])
    func refusesToCropOutside(_ cropping: Cropping) {
        var picture = OperationCases.picture(ImageSize(width: 31, height: 23), .rgb)
        #expect(throws: PenstockError.self) { try PixelWorkshop().apply(.crop(cropping), to: &picture) }
    }

    @Test(arguments: [ResamplingFilter.nearest, .opencvBilinear])
    func resizesEveryChannelOfFiltersThatDoNotAntialiasAlike(_ filter: ResamplingFilter) throws {
        for target in [ImageSize(width: 13, height: 50), ImageSize(width: 90, height: 11)] {
            let resizing = PixelOperation.resize(Resizing(.size(target), filter: filter))
            for layout in [PixelLayout.rgb, .rgba] {
                let picture = OperationCases.picture(ImageSize(width: 37, height: 29), layout)
                var whole = picture
                try PixelWorkshop().apply(resizing, to: &whole)
                for channel in 0..<layout.channels {
                    var one = picture.channel(channel)
                    try PixelWorkshop().apply(resizing, to: &one)
                    #expect(one == whole.channel(channel), "\(layout) \(channel)")
                }
            }
        }
    }

    @Test(arguments: ResamplingFilter.allCases)
    func resizesAsTensorsAre(_ filter: ResamplingFilter) throws {
        let target = ImageSize(width: 20, height: 33)
        let picture = OperationCases.picture(ImageSize(width: 50, height: 47), .rgb)
        let resampler = Resampler(Preprocessing(size: target, fit: .stretch, filter: filter, elementType: .uint8))
        try resampler.begin(picture.size, .rgb)
        picture.bytes.withUnsafeBytes { resampler.take($0, stride: 150, first: 0, count: 47) }
        var tensor = [UInt8](repeating: 0, count: target.pixelCount * 3)
        tensor.withUnsafeMutableBytes { resampler.finish(into: $0) }
        var resized = picture
        try PixelWorkshop().apply(.resize(Resizing(.size(target), filter: filter)), to: &resized)
        #expect(resized.bytes == tensor)
    }

    @Test func refusesPicturesWithoutPixels() {
        var picture = PixelBuffer()
        #expect(throws: PenstockError.self) { try PixelWorkshop().apply(.gray, to: &picture) }
    }

    @Test(arguments: [
        PixelOperation.resize(Resizing(.scale(1e6))), .resize(Resizing(.width(1 << 24))),
        .resize(Resizing(.size(ImageSize(width: 1 << 20, height: 1)), shape: .cover)), .pad(Padding(.border(1 << 22))),
    ])
    func refusesResultsOfAbsurdSize(_ operation: PixelOperation) throws {
        try PixelWorkshop.check(operation)
        var picture = OperationCases.picture(ImageSize(width: 31, height: 600), .gray)
        let error = #expect(throws: PenstockError.self) { try PixelWorkshop().apply(operation, to: &picture) }
        #expect(error?.code == .tooLarge)
    }

    @Test func refusesToTurnWhatWouldBecomeAbsurdlyLarge() {
        var picture = PixelBuffer(size: ImageSize(width: 1 << 16, height: 1), layout: .gray)
        #expect(throws: PenstockError.self) { try PixelWorkshop().apply(.rotate(degrees: 45), to: &picture) }
    }

    @Test(arguments: [
        PixelOperation.rotate(degrees: .nan), .rotate(degrees: .infinity), .blur(radius: -1), .blur(radius: .nan),
        .blur(radius: 1e9), .brightness(-0.1), .contrast(.infinity), .saturation(.nan), .resize(Resizing(.scale(0))),
        .resize(Resizing(.scale(.nan))), .resize(Resizing(.width(0))), .resize(Resizing(.height(-3))),
        .resize(Resizing(.size(ImageSize(width: 1 << 20, height: 1 << 20)))),
        .resize(Resizing(.size(ImageSize(width: 5, height: Int.max)))), .crop(Cropping(ImageSize(width: 0, height: 1))),
        .crop(Cropping(ImageSize(side: 1), x: -1)), .pad(Padding(.border(-1))), .pad(Padding(.border(.max))),
        .pad(Padding(.size(ImageSize(width: -1, height: 5)))),
    ])
    func refusesNonsenseBeforeAnyPicture(_ operation: PixelOperation) {
        let error = #expect(throws: PenstockError.self) { try PixelWorkshop.check(operation) }
        #expect(error?.code == .invalidConfiguration)
    }

    /// Nothing is left of one picture that shows in the next.
    @Test func doesNotDependOnWhatCameBefore() throws {
        let busy = PixelWorkshop()
        for name in OperationCases.operations.keys.sorted() {
            let operation = OperationCases.operations[name]!
            let size = ImageSize(width: name.count + 3, height: 60 - name.count)
            let layout = PixelLayout.allCases[name.count % 3]
            var (one, other) = (OperationCases.picture(size, layout), OperationCases.picture(size, layout))
            try busy.apply(operation, to: &one)
            try PixelWorkshop().apply(operation, to: &other)
            #expect(one == other, "\(name)")
        }
    }
}

/// What `zlib.crc32` makes of the sizes and samples of pictures in turn.
private struct Checksum {
    private var bytes: [UInt8] = []

    mutating func add(_ picture: PixelBuffer) {
        for edge in [picture.size.width, picture.size.height] {
            withUnsafeBytes(of: UInt32(edge).littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes += picture.bytes
    }

    var value: UInt32 { crc32(bytes) }
}

extension PixelBuffer {
    fileprivate func part(x: Int, y: Int, width: Int, height: Int) -> [UInt8] {
        let count = width * layout.channels
        return (y..<y + height).flatMap { row -> ArraySlice<UInt8> in
            let start = row * rowBytes + x * layout.channels
            return bytes[start..<start + count]
        }
    }

    fileprivate func channel(_ channel: Int) -> PixelBuffer {
        var one = PixelBuffer(size: size, layout: .gray)
        let samples = stride(from: channel, to: bytes.count, by: layout.channels).map { bytes[$0] }
        one.withMutableBytes { target in
            for index in samples.indices { target[index] = samples[index] }
        }
        return one
    }
}
