package import PenstockCore
internal import PenstockImages

/// Makes a model's input of frames, one after another, as a contract asks.
///
/// A loader thread has one: it keeps its scratch memory from frame to frame. Frames in planes that shrink have the
/// planes resized before colours are computed; all others are converted whole first. `Documentation/Video.md` states the
/// difference.
package final class FrameLoader {
    private let resampler: Resampler
    private let planar: PlanarResampler?
    private let whole = WholeFrames()

    /// Makes a loader; one that converts whole frames is exact, and slower.
    package init(_ preprocessing: Preprocessing, convertsWhole: Bool = false) {
        resampler = Resampler(preprocessing)
        planar = convertsWhole ? nil : PlanarResampler(preprocessing)
    }

    /// Resizes, converts and normalises the upright frame into its place in the model's input.
    ///
    /// - Precondition: `slot` has exactly the contract's `byteCount` bytes, aligned for its type.
    package func load(_ frame: VideoFrame, into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) {
        let turn = frame.orientation.turn
        // The frame holds its planes for the length of this call.
        if let planar, let picture = unsafe PlanarPicture(frame.pointer),
            planar.takes(picture.size, halvesHeight: picture.halvesHeight, turn: turn)
        {
            unsafe planar.load(picture, turn: turn, into: slot)
            return
        }
        try whole.deliver(frame, to: resampler)
        unsafe resampler.finish(into: slot)
    }
}
