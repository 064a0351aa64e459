package import PenstockCore

/// Carries operations out on pictures, one after another, with scratch memory that it keeps. One thread uses it.
package final class PixelWorkshop {
    package init() {}

    /// Carries one operation out in place.
    ///
    /// - Throws: Where the picture is of a size at which the operation makes no sense, or memory is short.
    package func apply(_ operation: PixelOperation, to pixels: inout PixelBuffer) throws(PenstockError) {
        throw PenstockError(.unsupported, at: .preprocess, "\(operation) is not done yet.")
    }
}
