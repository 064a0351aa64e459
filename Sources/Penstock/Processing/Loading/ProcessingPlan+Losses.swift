internal import PenstockCore
internal import PenstockImages

extension ProcessingPlan {
    /// What is to be said of a picture that was decoded and loses something on the way.
    ///
    /// - Throws: Where it is not to lose that.
    func warning(of info: PictureInfo, keepsAlpha: Bool) throws(PenstockError) -> String? {
        let sentences = [
            try loss(ofDepth: info.depth, in: "The \(info.format)"),
            info.natural == .rgba && !keepsAlpha
                ? "The \(info.format) has opacity, which a JPEG has not: its colours are written as they are." : nil,
            info.truncated ? "The file is cut short; what there is of it was taken." : nil,
            info.warning,
        ].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// What is to be said where samples have more bits than are written.
    ///
    /// - Parameter what: What they are of, as a sentence begins with it.
    /// - Throws: Where they are not to be rounded.
    func loss(ofDepth depth: Int, in what: String) throws(PenstockError) -> String? {
        guard depth > 8 else { return nil }
        let loss = "\(what) has samples of \(depth) bits, and 8 are written"
        guard settings.keepsDepth else { return "\(loss)." }
        throw PenstockError(.unsupported, at: .write, "\(loss). Leave --keep-depth out to have them rounded.")
    }

    /// The job's operations as a JPEG's own coefficients can take them.
    ///
    /// - Throws: Where one of them needs pixels.
    func losslessOperations() throws(PenstockError) -> [PixelOperation] {
        var lossless: [PixelOperation] = []
        for (number, operation) in operations.enumerated() {
            guard case .pixels(let operation) = operation else {
                throw PenstockError(
                    .unsupported,
                    at: .preprocess,
                    "Operation \(number + 1) needs pixels, and a JPEG that is to lose nothing is not decoded. "
                        + "Write PNG or WebP, or leave --lossless out."
                )
            }
            lossless.append(operation)
        }
        return lossless
    }
}
