internal import PenstockCore
internal import PenstockFlow

/// Passes rows on to a resampler, and measures the time that takes, which is not the decoder's.
final class MeteredSink: RowSink {
    private let resampler: Resampler
    /// Time spent resampling since it was last set to zero.
    var time = Duration.zero

    init(_ resampler: Resampler) {
        self.resampler = resampler
    }

    func smallestUsefulSize(of source: ImageSize) -> ImageSize {
        resampler.smallestUsefulSize(of: source)
    }

    func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        let start = MonotonicTime.now
        try resampler.begin(size, layout)
        time += .now - start
    }

    func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        let start = MonotonicTime.now
        unsafe resampler.take(pixels, stride: stride, first: first, count: count)
        time += .now - start
    }

    /// Writes the finished picture into its slot.
    func finish(into slot: UnsafeMutableRawBufferPointer) {
        let start = MonotonicTime.now
        unsafe resampler.finish(into: slot)
        time += .now - start
    }
}
