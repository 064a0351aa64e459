/// How a picture whose shape differs from the model's input is fitted in.
public enum Fit: Hashable, Sendable {
    /// Resize both edges to the input's size, whatever that does to the shape.
    case stretch

    /// Resize until the input is covered, then cut the middle out.
    ///
    /// The shortest edge becomes the input's edge divided by `cropFraction` (rounded down), so 0.875 keeps the middle
    /// seven eighths. `rounding` says where the odd pixel of an uneven margin goes.
    case cover(cropFraction: Double = 1, rounding: CropRounding = .down)

    /// Resize until the whole picture fits, and fill the rest with `pad`, an 8-bit value for all channels.
    case contain(pad: UInt8 = 0)
}

/// Where the odd pixel goes when a margin cannot be halved.
public enum CropRounding: String, Hashable, Sendable, CaseIterable {
    /// Round the offset down, as Hugging Face image processors do.
    case down
    /// Round the offset half to even, as torchvision and timm do.
    case halfToEven
}
