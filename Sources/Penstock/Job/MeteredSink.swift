internal import PenstockCore
internal import PenstockFlow

/// Passes rows on to a resampler for each way of preparing the picture, and measures the time that takes, which is not
/// the decoder's.
final class MeteredSink: RowSink {
    private let preparations: [Preparation]
    private let resamplers: [Resampler]
    /// Time spent resampling since it was last set to zero.
    var time = Duration.zero

    init(_ preparations: [Preparation], allowsScaledDecoding: Bool) {
        self.preparations = preparations
        resamplers = preparations.map {
            Resampler($0.preprocessing, allowsScaledDecoding: allowsScaledDecoding)
        }
    }

    /// What serves every model: the longest of the edges that they need.
    func smallestUsefulSize(of source: ImageSize) -> ImageSize {
        resamplers.reduce(ImageSize(width: 0, height: 0)) { size, resampler in
            let needed = resampler.smallestUsefulSize(of: source)
            return ImageSize(width: max(size.width, needed.width), height: max(size.height, needed.height))
        }
    }

    func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        let start = MonotonicTime.now
        for resampler in resamplers { try resampler.begin(size, layout) }
        time += .now - start
    }

    func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        let start = MonotonicTime.now
        for resampler in resamplers { unsafe resampler.take(pixels, stride: stride, first: first, count: count) }
        time += .now - start
    }

    /// Writes the finished picture into its slot for every model.
    func finish(into place: some PicturePlace) throws(PenstockError) {
        let start = MonotonicTime.now
        for (preparation, resampler) in zip(preparations, resamplers) {
            // The slots are the caller's for the length of the call.
            unsafe try preparation.fill(place) { slot in unsafe resampler.finish(into: slot) }
        }
        time += .now - start
    }
}
