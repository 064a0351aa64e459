package import CPenstockKernels

/// A decoded picture in planes of luma and chroma, read where it lies.
@safe package struct PlanarPicture {
    /// The size in pixels, as stored.
    package let size: ImageSize
    /// The plane of luma.
    package let luma: Plane
    /// Where the colour is.
    package let chroma: Chroma
    /// How one row of chroma covers two of luma.
    package let halvesHeight: Bool
    /// How samples lie, and how they become light.
    package let colors: penstock_yuv

    /// Describes a picture, whose planes stay readable for as long as this is used.
    package init(size: ImageSize, luma: Plane, chroma: Chroma, halvesHeight: Bool, colors: penstock_yuv) {
        self.size = size
        self.luma = luma
        self.chroma = chroma
        self.halvesHeight = halvesHeight
        self.colors = colors
    }

    /// Rows of samples.
    @safe package struct Plane {
        /// The first sample of the first row.
        package let start: UnsafePointer<UInt8>
        /// The bytes from one row to the next; negative where the picture is stored from its foot.
        package let stride: Int
        /// How many samples a row has.
        package let width: Int
        /// How many rows there are.
        package let height: Int
        /// Whether the kernels' slack is readable after every row.
        package let hasSlack: Bool

        /// Describes a plane.
        package init(start: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int, hasSlack: Bool) {
            unsafe self.start = unsafe start
            self.stride = stride
            self.width = width
            self.height = height
            self.hasSlack = hasSlack
        }
    }

    /// The planes of chroma.
    package enum Chroma {
        /// None: the picture is grey.
        case none
        /// A plane for each kind.
        case separate(u: Plane, v: Plane)
        /// Both in one plane, by turns.
        case shared(Plane, startsWithV: Bool)
    }
}
