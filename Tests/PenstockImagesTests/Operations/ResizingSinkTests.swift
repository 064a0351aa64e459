import PenstockCore
import Testing

@testable import PenstockImages

@Suite struct ResizingSinkTests {
    private static let resizings = [
        Resizing(.width(29)), Resizing(.scale(0.4), filter: .bilinear),
        Resizing(.size(ImageSize(width: 50, height: 9)), filter: .box),
        Resizing(.size(ImageSize(width: 44, height: 40)), shape: .contain, background: .white),
        Resizing(.size(ImageSize(width: 20, height: 40)), shape: .cover, filter: .opencvBilinear),
    ]

    @Test(arguments: resizings, ["sampled-420.jpg", "oriented-6.jpg", "oriented-3.png", "rgba-8.png", "grey-8.png"])
    func `rows as they come give the picture that the whole gives`(_ resizing: Resizing, name: String) throws {
        let sink = ResizingSink(resizing, layout: { $0 })
        let canvas = PixelCanvas { $0 }
        for _ in 0..<2 {
            _ = try decode(Fixtures.bytes(name), to: sink)
            sink.finish()
        }
        _ = try decode(Fixtures.bytes(name), to: canvas)
        try PixelWorkshop().apply(.resize(resizing), to: &canvas.pixels)
        #expect(sink.pixels == canvas.pixels)
    }

    @Test func `a picture decoded smaller keeps the size that the whole one asks for`() throws {
        let sink = ResizingSink(Resizing(.scale(0.3)), allowsScaledDecoding: true)
        let info = try decode(Fixtures.bytes("medium.jpg"), to: sink)
        sink.finish()
        let expected = ImageSize(
            width: Int((Double(info.size.width) * 0.3).rounded(.toNearestOrEven)),
            height: Int((Double(info.size.height) * 0.3).rounded(.toNearestOrEven))
        )
        #expect(sink.pixels.size == expected)
    }
}
