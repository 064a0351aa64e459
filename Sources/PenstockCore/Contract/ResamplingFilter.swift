/// A resampling filter.
///
/// The first six are Pillow's, antialiased when they shrink, and agree with it bit for bit.
public enum ResamplingFilter: String, Hashable, Sendable, CaseIterable {
    /// The nearest pixel.
    case nearest
    /// The mean of the pixels covered.
    case box
    /// Linear interpolation, widened when shrinking.
    case bilinear
    /// A Hamming window: sharper than `bilinear`, as fast.
    case hamming
    /// Cubic interpolation with a = −0.5.
    case bicubic
    /// A Lanczos window of three lobes.
    case lanczos
    /// Linear interpolation of the four nearest pixels at any ratio, as OpenCV's `INTER_LINEAR` and `tf.image.resize`
    /// do: it does not antialias.
    case opencvBilinear = "opencv-bilinear"
}
