internal import PenstockCore

/// How finely video is encoded.
struct VideoQuality: Hashable {
    /// libx264's constant rate factor: a step of 6 about doubles the file.
    let rateFactor: Int

    /// Takes a wish over; `nil` asks for libx264's own choice.
    init(_ rateFactor: Int?) throws(PenstockError) {
        self.rateFactor = rateFactor ?? 23
        guard Self.possible.contains(self.rateFactor) else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "Videos have a quality from \(Self.possible.lowerBound), without loss, to "
                    + "\(Self.possible.upperBound), not \(self.rateFactor); 23 is usual."
            )
        }
    }

    private static let possible = 0...51
}
