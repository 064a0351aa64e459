/// The order of the colour channels.
public enum ColorOrder: String, Hashable, Sendable, CaseIterable {
    /// Red first.
    case rgb
    /// Blue first, as models trained through OpenCV or Caffe expect.
    case bgr
}

/// The type of one value in a tensor.
public enum ElementType: String, Hashable, Sendable, CaseIterable {
    /// Single-precision floating point.
    case float32
    /// Unsigned bytes.
    case uint8

    /// The bytes that one value takes.
    public var byteCount: Int { self == .float32 ? 4 : 1 }
}

/// Whether channels vary fastest or slowest in a tensor.
public enum TensorLayout: String, Hashable, Sendable, CaseIterable {
    /// Batch, height, width, channels.
    case nhwc
    /// Batch, channels, height, width.
    case nchw
}
