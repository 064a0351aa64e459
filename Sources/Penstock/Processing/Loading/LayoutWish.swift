internal import PenstockCore

/// The layout in which a loader wants the picture that it is about to decode.
final class LayoutWish {
    /// Whether luma is all that is wanted.
    var isGray = false
    /// Whether opacity is of use.
    var keepsAlpha = true

    /// The layout that is wanted of a picture whose file holds `natural`.
    func layout(of natural: PixelLayout) -> PixelLayout {
        if isGray { return .gray }
        return natural == .rgba && !keepsAlpha ? .rgb : natural
    }
}
