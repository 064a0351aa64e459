package import PenstockCore

/// How stored pixels are turned to stand upright, by the numbers of EXIF.
package enum Orientation: Int, Hashable, Sendable, CaseIterable {
    /// As stored.
    case upright = 1
    /// Mirrored left to right.
    case mirrored
    /// Turned half round.
    case halfTurn
    /// Mirrored top to bottom.
    case flipped
    /// Mirrored along the diagonal from the top left.
    case transposed
    /// To be turned a quarter clockwise.
    case quarterTurn
    /// Mirrored along the diagonal from the top right.
    case transversed
    /// To be turned three quarters clockwise.
    case threeQuarterTurn
}

extension Orientation {
    /// Whether standing upright exchanges width and height.
    package var swapsAxes: Bool { rawValue >= 5 }

    /// Whether each stored row is read from its right end.
    var mirrorsRows: Bool { self == .mirrored || self == .halfTurn }

    /// Whether stored rows run from the foot of the upright picture to its head.
    var reversesRows: Bool { self == .halfTurn || self == .flipped }

    /// Whether a stored column becomes an upright row counted from the foot.
    var reversesColumns: Bool { self == .transversed || self == .threeQuarterTurn }

    /// Whether a stored row becomes an upright column counted from the right.
    var reversesRowsAcross: Bool { self == .quarterTurn || self == .transversed }

    /// The upright size of a picture stored at `size`.
    package func upright(_ size: ImageSize) -> ImageSize {
        swapsAxes ? size.transposed : size
    }
}

extension Orientation {
    /// The same, for a resampler that turns what it has made.
    package var turn: Turn {
        Turn(
            transposes: swapsAxes,
            mirrorsColumns: mirrorsRows || reversesColumns,
            mirrorsRows: reversesRows || reversesRowsAcross
        )
    }
}
