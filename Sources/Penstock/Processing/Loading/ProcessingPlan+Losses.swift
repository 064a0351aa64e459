internal import PenstockCore
internal import PenstockImages

extension ProcessingPlan {
    /// What is to be said of a picture that was decoded and loses something on the way.
    ///
    /// - Throws: Where it is not to lose that.
    func warning(of info: PictureInfo) throws(PenstockError) -> String? {
        if info.truncated { return "The file is cut short; what there is of it was taken." }
        guard info.depth > 8 else { return info.warning }
        let loss = "The \(info.format) has samples of \(info.depth) bits, and 8 are written"
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
