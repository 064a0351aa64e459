/// How a stored picture is turned to stand upright: which of its axes run backwards, and whether they change places.
package struct Turn: Hashable, Sendable {
    /// Whether stored columns become upright rows.
    package var transposes: Bool
    /// Whether a stored row runs backwards along the upright axis that it lies on.
    package var mirrorsColumns: Bool
    /// Whether stored rows follow each other backwards.
    package var mirrorsRows: Bool

    /// Makes a turn.
    package init(transposes: Bool, mirrorsColumns: Bool, mirrorsRows: Bool) {
        self.transposes = transposes
        self.mirrorsColumns = mirrorsColumns
        self.mirrorsRows = mirrorsRows
    }

    /// As stored.
    package static let none = Turn(transposes: false, mirrorsColumns: false, mirrorsRows: false)
}

extension Turn {
    /// A size after the turn, or before it.
    package func applied(to size: ImageSize) -> ImageSize { transposes ? size.transposed : size }

    /// This turn and then another, in one.
    package func followed(by other: Turn) -> Turn {
        // What the other mirrors across are columns of the stored picture only if this turn left them so.
        Turn(
            transposes: transposes != other.transposes,
            mirrorsColumns: mirrorsColumns != (transposes ? other.mirrorsRows : other.mirrorsColumns),
            mirrorsRows: mirrorsRows != (transposes ? other.mirrorsColumns : other.mirrorsRows)
        )
    }
}
