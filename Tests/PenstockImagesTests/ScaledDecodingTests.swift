import PenstockCore
import Testing

@testable import PenstockImages

/// Notes what a decoder delivers, and asks for no more than a given size.
private final class Notebook: RowSink {
    let useful: ImageSize
    var size = ImageSize(width: 0, height: 0)
    var rows: [Int] = []
    var source: ImageSize?

    init(useful: ImageSize) {
        self.useful = useful
    }

    func smallestUsefulSize(of source: ImageSize) -> ImageSize {
        self.source = source
        return useful
    }

    func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        self.size = size
    }

    func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        rows += first..<first + count
    }
}

@Suite struct ScaledDecodingTests {
    private func decode(_ name: String, useful: ImageSize) throws -> (PictureInfo, Notebook) {
        let notebook = Notebook(useful: useful)
        let info = try Fixtures.bytes(name).withUnsafeBytes { try PictureDecoder().decode($0, into: notebook) }
        return (info, notebook)
    }

    @Test(arguments: [
        (ImageSize(width: 320, height: 240), ImageSize(width: 320, height: 240)),
        (ImageSize(width: 161, height: 1), ImageSize(width: 320, height: 240)),
        (ImageSize(width: 160, height: 120), ImageSize(width: 160, height: 120)),
        (ImageSize(width: 100, height: 61), ImageSize(width: 160, height: 120)),
        (ImageSize(width: 80, height: 60), ImageSize(width: 80, height: 60)),
        (ImageSize(width: 1, height: 1), ImageSize(width: 40, height: 30)),
    ])
    func `a JPEG is decoded at the smallest fraction that serves`(useful: ImageSize, delivered: ImageSize) throws {
        let (info, notebook) = try decode("medium.jpg", useful: useful)
        #expect(info.size == ImageSize(width: 320, height: 240))
        #expect(notebook.source == info.size)
        #expect(notebook.size == delivered)
        #expect(notebook.rows == Array(0..<delivered.height))
    }

    @Test func `what serves is measured upright`() throws {
        let (info, notebook) = try decode("medium-turned.jpg", useful: ImageSize(width: 100, height: 140))
        #expect(info.size == ImageSize(width: 240, height: 320))
        #expect(notebook.source == info.size)
        #expect(notebook.size == ImageSize(width: 120, height: 160))
        #expect(notebook.rows == Array(0..<160))
    }

    @Test func `edges that do not divide are rounded up`() throws {
        let notebook = try decode("oriented-1.jpg", useful: ImageSize(side: 1)).1
        #expect(notebook.size == ImageSize(width: 8, height: 6))
    }

    @Test(arguments: 1...8)
    func `each row is delivered once, whatever the orientation`(value: Int) throws {
        for format in ["jpg", "png"] {
            let notebook = try decode("oriented-\(value).\(format)", useful: ImageSize(width: 500, height: 500)).1
            #expect(notebook.rows.sorted() == Array(0..<notebook.size.height))
        }
    }

    @Test(arguments: [
        ("progressive-420.jpg", "YCbCr 4:2:0, progressive"), ("grey.jpg", "grey, baseline"), ("ycck.jpg", "YCCK"),
        ("rgba-16-interlaced.png", "RGB and alpha, 16 bits, interlaced"), ("lossless-64x48.webp", "lossless"),
    ])
    func `a probe describes the coding`(name: String, words: String) throws {
        #expect(try probe(Fixtures.bytes(name)).details?.contains(words) == true)
    }

    @Test(arguments: [
        ("png-named.jpg", PictureFormat.png), ("l.pgm", .portableMap), ("rgb.sgi", .other("sgi")), ("rgb.tga", .targa),
        ("icon.ico", .other("ico")), ("lossless.j2k", .jpeg2000), ("lossy.avif", .avif),
    ])
    func `the format is told from the content`(name: String, format: PictureFormat) throws {
        #expect(try probe(Fixtures.bytes(name)).format == format)
    }
}
