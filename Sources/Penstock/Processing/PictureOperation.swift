public import PenstockCore
public import PenstockImages

/// One step of what a processing job does to each picture and frame.
public enum PictureOperation: Sendable {
    /// Something that Penstock does itself, exactly.
    case pixels(PixelOperation)
    /// A chain of FFmpeg's filters in its own language. Frames of a video go through it in their order, so that filters
    /// that look at several frames work; each still picture goes through a chain of its own.
    case filter(String)
    /// Whatever you like: the closure owns the picture for the length of the call, on a worker's thread, and may reshape
    /// it. What it throws becomes the picture's result.
    case custom(@Sendable (inout PixelBuffer) throws -> Void)
}

extension PictureOperation {
    /// Colours become luma.
    public static var gray: PictureOperation { .pixels(.gray) }

    /// Resized.
    public static func resize(_ resizing: Resizing) -> PictureOperation { .pixels(.resize(resizing)) }

    /// Resized to both edges.
    public static func resize(to size: ImageSize, filter: ResamplingFilter = .lanczos) -> PictureOperation {
        .pixels(.resize(Resizing(.size(size), filter: filter)))
    }

    /// A part is cut out.
    public static func crop(_ cropping: Cropping) -> PictureOperation { .pixels(.crop(cropping)) }

    /// Turned clockwise.
    public static func rotate(degrees: Double) -> PictureOperation { .pixels(.rotate(degrees: degrees)) }

    /// Mirrored.
    public static func flip(_ axis: PixelOperation.Axis) -> PictureOperation { .pixels(.flip(axis)) }
}
