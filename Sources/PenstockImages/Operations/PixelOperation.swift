public import PenstockCore

/// Something that is done to a picture's pixels.
public enum PixelOperation: Hashable, Sendable {
    /// Colours become luma: Pillow's `convert("L")`. Where it comes first, a JPEG's own luma is taken as it is.
    case gray
    /// Resized, exactly as Pillow does.
    case resize(Resizing)
    /// A part is cut out.
    case crop(Cropping)
    /// Turned clockwise by degrees: multiples of 90 move pixels, any other angle interpolates and enlarges the picture.
    case rotate(degrees: Double)
    /// Mirrored.
    case flip(Axis)
    /// Gaussian blur, Pillow's `GaussianBlur`, of a standard deviation in pixels.
    case blur(radius: Double)
    /// Pillow's `ImageEnhance.Brightness`: 0 is black, 1 changes nothing.
    case brightness(Double)
    /// Pillow's `ImageEnhance.Contrast`: 0 is even grey, 1 changes nothing.
    case contrast(Double)
    /// Pillow's `ImageEnhance.Color`: 0 is grey, 1 changes nothing.
    case saturation(Double)
    /// Surrounded by a colour.
    case pad(Padding)

    /// Which way a picture is mirrored.
    public enum Axis: String, Hashable, Sendable, CaseIterable {
        /// Left becomes right.
        case horizontal
        /// Top becomes bottom.
        case vertical
    }
}

/// A size to resize to.
public struct Resizing: Hashable, Sendable {
    /// What is known of the new size.
    public enum Target: Hashable, Sendable {
        /// Both edges.
        case size(ImageSize)
        /// The width; the height follows, to the nearest pixel.
        case width(Int)
        /// The height; the width follows.
        case height(Int)
        /// A fraction of both edges, rounded to the nearest pixel; 0.5 halves.
        case scale(Double)
    }

    /// How a picture of another shape is brought to a size of which both edges are known.
    public enum Shape: Hashable, Sendable {
        /// It is stretched.
        case stretch
        /// It becomes as large as fits inside.
        case inside
        /// It fits inside, and what remains is filled with the background.
        case contain
        /// It covers the size, and what sticks out is cut off equally at both sides.
        case cover
    }

    /// The new size.
    public var target: Target
    /// How the shape is changed.
    public var shape: Shape
    /// The filter.
    public var filter: ResamplingFilter
    /// What fills the rest, where there is any.
    public var background: PixelColor

    /// Makes a resizing.
    public init(
        _ target: Target,
        shape: Shape = .stretch,
        filter: ResamplingFilter = .lanczos,
        background: PixelColor = .black
    ) {
        self.target = target
        self.shape = shape
        self.filter = filter
        self.background = background
    }
}

/// A part of a picture.
public struct Cropping: Hashable, Sendable {
    /// The part's size.
    public var size: ImageSize
    /// Its left edge, or `nil` to cut from the middle.
    public var x: Int?
    /// Its top edge, or `nil` to cut from the middle.
    public var y: Int?

    /// Makes a cropping.
    public init(_ size: ImageSize, x: Int? = nil, y: Int? = nil) {
        self.size = size
        self.x = x
        self.y = y
    }
}

/// What is put around a picture.
public struct Padding: Hashable, Sendable {
    /// How much.
    public enum Amount: Hashable, Sendable {
        /// So many pixels at every side.
        case border(Int)
        /// Enough for a size, the picture in its middle; one that is larger stays as it is.
        case size(ImageSize)
    }

    /// How much.
    public var amount: Amount
    /// Of which colour.
    public var background: PixelColor

    /// Makes a padding.
    public init(_ amount: Amount, background: PixelColor = .black) {
        self.amount = amount
        self.background = background
    }
}

/// A colour.
public struct PixelColor: Hashable, Sendable {
    /// Red, 0 to 255.
    public var red: UInt8
    /// Green, 0 to 255.
    public var green: UInt8
    /// Blue, 0 to 255.
    public var blue: UInt8

    /// Makes a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Black.
    public static let black = PixelColor(red: 0, green: 0, blue: 0)
    /// White.
    public static let white = PixelColor(red: 255, green: 255, blue: 255)
}
