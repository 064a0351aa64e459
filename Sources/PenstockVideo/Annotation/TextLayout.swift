internal import PenstockCore

/// How large text is on a picture, and how much of it fits.
struct TextLayout: Hashable {
    /// The picture.
    let size: ImageSize

    /// The height of the letters: a thirtieth of the shorter side, and never too small to read.
    var fontSize: Int { max(Self.smallestFont, min(size.width, size.height) / 30) }

    /// From the edge of the picture to the text.
    var margin: Int { fontSize / 2 + 2 }

    /// From the text to the edge of the shade behind it.
    var border: Int { fontSize / 3 }

    /// Letters that fit beside one another; every letter of the font is three fifths as wide as it is high.
    var columns: Int { max(1, (size.width - 2 * margin) * 5 / (fontSize * 3)) }

    /// Lines that fit above one another and leave the foot free.
    var rows: Int { max(1, (size.height - 4 * margin) * 4 / (fontSize * 5) - 1) }

    /// Below this, letters of ten rows of pixels run together.
    private static let smallestFont = 10
}
