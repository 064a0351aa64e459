import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct LosslessJPEGTests {
    /// By picture and operation, what libjpeg-turbo's own transform leads to.
    private static let expected: [String: [String: Fixtures.Expectation]] = {
        let data = try! Data(contentsOf: Fixtures.folder.appendingPathComponent("Lossless/lossless.json"))
        return try! JSONDecoder().decode([String: [String: Fixtures.Expectation]].self, from: data)
    }()

    static let names = expected.keys.sorted()

    private static let operations: [String: [PixelOperation]] = [
        "none": [],
        "horizontal": [.flip(.horizontal)],
        "vertical": [.flip(.vertical)],
        "transpose": [.rotate(degrees: 90), .flip(.horizontal)],
        "transverse": [.rotate(degrees: 90), .flip(.vertical)],
        "90": [.rotate(degrees: 90)],
        "180": [.rotate(degrees: -180)],
        "270": [.rotate(degrees: 630)],
        "crop": [.crop(Cropping(ImageSize(width: 19, height: 11), x: 32, y: 16))],
        "crop, 180": [.rotate(degrees: 180), .crop(Cropping(ImageSize(side: 16), x: 32, y: 16))],
        "gray": [.gray],
    ]

    private func bytes(_ name: String) -> [UInt8] { Fixtures.bytes("Lossless/\(name).jpg") }

    private func transform(
        _ file: [UInt8],
        _ operations: [PixelOperation],
        metadata: MetadataChoice = .all,
        progressive: Bool = false,
        optimized: Bool = false,
        maxPixels: Int = 1 << 20,
        by lossless: LosslessJPEG = LosslessJPEG()
    ) throws(PenstockError) -> [UInt8] {
        let output = EncodedBytes()
        var result: Result<ImageSize, PenstockError>?
        file.withUnsafeBytes { file in
            do throws(PenstockError) {
                let size = try lossless.transform(
                    file,
                    operations,
                    metadata: metadata,
                    progressive: progressive,
                    optimized: optimized,
                    maxPixels: maxPixels,
                    into: output
                )
                result = .success(size)
            } catch {
                result = .failure(error)
            }
        }
        let size = try result!.get()
        let made = unsafe [UInt8](output.bytes)
        #expect(try probe(made).size == size)
        return made
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    private func expect(_ made: [UInt8], _ expected: Fixtures.Expectation, _ what: Comment) throws {
        let (info, pixels) = try decode(made)
        #expect(info.size == ImageSize(width: expected.width, height: expected.height), what)
        #expect(crc32(pixels.bytes) == expected.crc, what)
        #expect(info.warning == nil, what)
    }

    @Test(arguments: names)
    func `moves blocks as libjpeg-turbo's own transform does`(name: String) throws {
        let lossless = LosslessJPEG()
        for (operation, expected) in Self.expected[name]! {
            let operations = Self.operations[operation]!
            for (progressive, optimized) in [(false, false), (false, true), (true, false)] {
                let made = try transform(
                    bytes(name),
                    operations,
                    progressive: progressive,
                    optimized: optimized,
                    by: lossless
                )
                try expect(made, expected, "\(name), \(operation)")
            }
        }
    }

    @Test(arguments: names.filter { $0 != "odd" })
    func `four quarter turns change nothing`(name: String) throws {
        let once = try transform(bytes(name), [])
        var turned = once
        for _ in 0..<4 { turned = try transform(turned, [.rotate(degrees: 90)]) }
        #expect(turned == once)
        #expect(try transform(once, [PixelOperation](repeating: .rotate(degrees: 270), count: 4)) == once)
    }

    @Test(arguments: names.filter { $0 != "odd" })
    func `a chain in one step equals the steps one by one`(name: String) throws {
        let chain: [PixelOperation] = [
            .flip(.horizontal), .rotate(degrees: 90), .crop(Cropping(ImageSize(side: 32), x: 0, y: 32)),
            .flip(.vertical), .rotate(degrees: 270),
        ]
        let step = try transform(bytes(name), chain)
        var steps = bytes(name)
        for operation in chain { steps = try transform(steps, [operation]) }
        #expect(step == steps)
    }

    @Test(arguments: names.filter { $0 != "odd" })
    func `a turned picture decodes as the picture turned`(name: String) throws {
        let stored = try decode(bytes(name)).pixels
        let turned = try decode(transform(bytes(name), [.rotate(degrees: 90)])).pixels
        var (sum, most) = (0, 0)
        for y in 0..<stored.size.height {
            for x in 0..<stored.size.width {
                let (from, to) = (3 * (y * 64 + x), 3 * (x * stored.size.height + stored.size.height - 1 - y))
                for channel in 0..<3 {
                    let difference = abs(Int(stored.bytes[from + channel]) - Int(turned.bytes[to + channel]))
                    (sum, most) = (sum + difference, max(most, difference))
                }
            }
        }
        // Inverse transforms and chroma's interpolation round rows and columns unlike; nothing else differs.
        #expect(most <= 4)
        #expect(Double(sum) / Double(stored.bytes.count) < 0.5)
    }
}

extension LosslessJPEGTests {
    /// A JPEG with an EXIF block that says how it is turned.
    private func oriented(_ value: UInt8, _ name: String = "420") -> [UInt8] {
        let block =
            Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
        return bytes(name)[..<2] + [0xFF, 0xE1, 0, UInt8(block.count + 2)] + block + bytes(name)[2...]
    }

    @Test(arguments: [
        (1, "none"), (2, "horizontal"), (3, "180"), (4, "vertical"), (5, "transpose"), (6, "90"), (7, "transverse"),
        (8, "270"),
    ])
    func `stands pictures upright`(value: Int, operation: String) throws {
        let expected = try #require(Self.expected["420"]?[operation])
        for choice in MetadataChoice.allCases {
            let made = try transform(oriented(UInt8(value)), [], metadata: choice)
            try expect(made, expected, "\(operation)")
            #expect(try probe(made).orientation == .upright)
        }
    }

    @Test func `operations follow upon standing upright`() throws {
        let made = try transform(oriented(6), [.rotate(degrees: 270)])
        try expect(made, try #require(Self.expected["420"]?["none"]), "there and back")
    }

    @Test func `keeps what was chosen`() throws {
        let file = Fixtures.bytes("Metadata/little.jpg")
        func metadata(of bytes: [UInt8]) -> PictureMetadata {
            bytes.withUnsafeBytes { PictureMetadata(of: $0, format: .jpeg, keeping: .all) }
        }
        // It is 24 × 16 pixels, and asks for a quarter turn.
        let crop = PixelOperation.crop(Cropping(ImageSize(side: 16), x: 0, y: 0))
        var expected = metadata(of: file)
        expected.describe(ImageSize(side: 16))
        let all = metadata(of: try transform(file, [crop]))
        #expect(all == expected)
        #expect(all.exif != nil && all.icc != nil)
        #expect(metadata(of: try transform(file, [crop], metadata: .icc)) == PictureMetadata(icc: all.icc))
        #expect(metadata(of: try transform(file, [crop], metadata: .none)) == .none)
        #expect(metadata(of: try transform(file, [crop, .gray])) == PictureMetadata(exif: all.exif))
    }
}

extension LosslessJPEGTests {
    @Test func `adds to what is there`() throws {
        let (lossless, output) = (LosslessJPEG(), EncodedBytes())
        try output.append([1, 2, 3])
        try bytes("420").withUnsafeBytes { file in
            _ = try lossless.transform(
                file,
                [],
                metadata: .all,
                progressive: false,
                optimized: false,
                maxPixels: 1 << 20,
                into: output
            )
        }
        #expect(unsafe [UInt8](output.bytes) == [1, 2, 3] + (try transform(bytes("420"), [])))
    }

    @Test(
        arguments: [
            ([.flip(.horizontal)], "Step 1, flip horizontal,", "right edge", "at pixel 61", "at 48"),
            ([.flip(.vertical)], "Step 1, flip vertical,", "bottom edge", "at pixel 43", "at 32"),
            ([.rotate(degrees: 90)], "Step 1, rotate by 90.0 degrees,", "bottom edge", "at pixel 43", "at 32"),
            ([.gray, .rotate(degrees: 270)], "Step 2, rotate by 270.0 degrees,", "right edge", "at pixel 61", "at 56"),
            (
                [.crop(Cropping(ImageSize(side: 10), x: 16, y: 5))], "Step 1, crop to 10×10,", "top edge", "at pixel 5",
                "at 0"
            ),
            (
                [.crop(Cropping(ImageSize(side: 10), x: 16, y: 0)), .flip(.horizontal)], "Step 2", "right edge", "26",
                "at 16"
            ),
        ] as [([PixelOperation], String, String, String, String)]
    )
    func `says what cannot be done without loss`(
        operations: [PixelOperation],
        step: String,
        edge: String,
        place: String,
        instead: String
    ) {
        let text = message { _ = try transform(bytes("odd"), operations) }
        for part in [step, edge, place, instead, "leave --lossless out"] { #expect(text.contains(part), "\(text)") }
    }

    @Test func `says that a picture cannot be stood upright without loss`() {
        let text = message { _ = try transform(oriented(6, "odd"), []) }
        #expect(text.hasPrefix("Standing it upright, as its orientation asks, cannot be done"))
    }

    @Test func `lets later steps mend what earlier ones could not do`() throws {
        let twice = [PixelOperation](repeating: .flip(.horizontal), count: 2)
        #expect(try transform(bytes("odd"), twice) == transform(bytes("odd"), []))
        let trimmed = [
            PixelOperation.flip(.horizontal), .crop(Cropping(ImageSize(width: 48, height: 43), x: 13, y: 0)),
        ]
        #expect(try probe(transform(bytes("odd"), trimmed)).size == ImageSize(width: 48, height: 43))
        let gray: [PixelOperation] = [.crop(Cropping(ImageSize(side: 10), x: 8, y: 24)), .gray]
        #expect(try probe(transform(bytes("odd"), gray)).size == ImageSize(side: 10))
    }

    @Test(
        arguments: [
            .resize(Resizing(.width(10))), .rotate(degrees: 45), .rotate(degrees: .nan), .blur(radius: 1),
            .brightness(1),
            .contrast(2), .saturation(0), .pad(Padding(.border(8))),
        ] as [PixelOperation]
    )
    func `refuses what changes pixels, before and with a picture`(operation: PixelOperation) {
        for text in [
            message { try LosslessJPEG.check([.gray, operation]) },
            message { _ = try transform(bytes("420"), [.gray, operation]) },
        ] {
            #expect(text.hasPrefix("Step 2, ") && text.contains("changes pixels"), "\(text)")
        }
    }

    @Test func `allows what may be done without loss`() throws {
        try LosslessJPEG.check(Self.operations.values.flatMap(\.self))
    }

    @Test(arguments: ["rgb", "cmyk"])
    func `refuses to make grey what has no luma`(name: String) {
        let text = message { _ = try transform(bytes(name), [.gray]) }
        #expect(text.contains("Step 1, gray, cannot be done"))
    }

    @Test(arguments: [(40, 0, 30, 8), (-16, 0, 8, 8), (0, 0, 0, 8), (0, .max, 8, 8), (0, 0, .max, .max)])
    func `refuses parts that are not there`(x: Int, y: Int, width: Int, height: Int) {
        let crop = PixelOperation.crop(Cropping(ImageSize(width: width, height: height), x: x, y: y))
        #expect(message { _ = try transform(bytes("420"), [crop]) }.contains("does not lie inside"))
    }
}

extension LosslessJPEGTests {
    @Test(arguments: names)
    func `refuses files that are cut short`(name: String) {
        let (whole, lossless) = (bytes(name), LosslessJPEG())
        for count in stride(from: 0, to: whole.count, by: 7) {
            let part = Array(whole[..<count])
            #expect(throws: PenstockError.self) { try transform(part, [], by: lossless) }
        }
    }

    @Test(arguments: ["420", "progressive", "arithmetic", "cmyk", "restarts"])
    func `damage ends in an error or a sound file`(name: String) throws {
        let (whole, lossless) = (bytes(name), LosslessJPEG())
        let before = try transform(whole, [.rotate(degrees: 90)], by: lossless)
        for position in stride(from: 2, to: whole.count, by: 7) {
            var damaged = whole
            damaged[position] ^= 0x55
            guard let made = try? transform(damaged, [.rotate(degrees: 90)], by: lossless) else { continue }
            #expect(throws: Never.self) { try decode(made) }
        }
        #expect(try transform(whole, [.rotate(degrees: 90)], by: lossless) == before)
    }

    @Test func `refuses data that libjpeg only warns about`() {
        for name in ["stray-before-end.jpg", "stray-before-restart.jpg"] {
            let text = message { _ = try transform(Fixtures.bytes(name), []) }
            #expect(text.contains("extraneous bytes"), "\(text)")
        }
    }

    /// A grey block whose waves come in one after another, bit by bit, as the standard allows.
    private func scans(_ count: Int) -> [UInt8] {
        var file: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
        file += [0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
        for table: UInt8 in [0x00, 0x10] { file += [0xFF, 0xC4, 0, 20, table, 1] + [UInt8](repeating: 0, count: 16) }
        for number in 0...count {
            let (wave, bit) = number == 0 ? (0, 14) : ((number - 1) / 14 + 1, (number - 1) % 14)
            let bits = bit == 0 ? 13 : (14 - bit) << 4 | (13 - bit)
            file += [0xFF, 0xDA, 0, 8, 1, 1, 0, UInt8(wave), UInt8(wave), bit == 14 ? 0 : UInt8(bits), 0x7F]
        }
        return file + [0xFF, 0xD9]
    }

    @Test func `a picture's tables do not serve for the next`() throws {
        let (whole, lossless) = (bytes("gray"), LosslessJPEG())
        // The quantization table is renamed, so that the one that is asked for is missing.
        let table = whole.indices.first { whole[$0...].starts(with: [0xFF, 0xDB]) }!
        var lacking = whole
        lacking[table + 4] = 3
        _ = try transform(whole, [], by: lossless)
        #expect(throws: PenstockError.self) { try transform(lacking, [], by: lossless) }
    }

    @Test func `holds pictures to limits`() {
        #expect(message { _ = try transform(bytes("420"), [], maxPixels: 2047) }.contains("the limit is 2047"))
        #expect(message { _ = try transform(scans(600), []) }.contains("more progressive scans"))
        #expect(throws: Never.self) { try transform(scans(40), []) }
        #expect(message { _ = try transform(Bombs.all["jpg"]!, []) }.contains("--max-pixels"))
        #expect(message { _ = try transform([], []) }.contains("is empty"))
        #expect(message { _ = try transform(Fixtures.bytes("one.png"), []) }.contains("not quite sound"))
    }
}
