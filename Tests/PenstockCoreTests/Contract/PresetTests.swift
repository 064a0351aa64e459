import PenstockCore
import Testing

@Suite struct PresetTests {
    /// A pixel's value in each of the tensor's channels.
    private func values(_ preset: Preset, pixel: [Double]) -> [Double] {
        let normalization = preset.normalization
        let ordered = preset.colorOrder == .rgb ? pixel : pixel.reversed()
        return (0..<3).map {
            (ordered[$0] * normalization.scale - normalization.mean[$0]) / normalization.deviation[$0]
        }
    }

    private func isClose(_ left: [Double], _ right: [Double]) -> Bool {
        zip(left, right).allSatisfy { abs($0 - $1) < 1e-9 }
    }

    @Test func `agree with Keras`() {
        #expect(isClose(values(.inception, pixel: [0, 127.5, 255]), [-1, 0, 1]))
        #expect(isClose(values(.raw, pixel: [0, 127, 255]), [0, 127, 255]))
        #expect(isClose(values(.caffe, pixel: [0, 127, 255]), [255 - 103.939, 127 - 116.779, -123.68]))
        let torch = [-0.485 / 0.229, (127.0 / 255 - 0.456) / 0.224, (1 - 0.406) / 0.225]
        #expect(isClose(values(.imagenet, pixel: [0, 127, 255]), torch))
    }

    @Test func `make a whole contract`() {
        #expect(Preprocessing.inception(size: 299).size == ImageSize(side: 299))
        #expect(Preprocessing.caffe(size: 224).colorOrder == .bgr)
        #expect(Preprocessing.raw(size: 8).normalization == .none)
    }
}
