internal import PenstockCore
internal import PenstockImages
internal import PenstockVideo

/// Carries a job's operations out on one picture after the other. One thread uses it.
final class OperationChain {
    private let operations: [PictureOperation]
    private let workshop = PixelWorkshop()

    init(_ operations: [PictureOperation]) {
        self.operations = operations
    }

    /// Whether there is nothing to do.
    var isEmpty: Bool { operations.isEmpty }

    /// Whether all that is done is known to commute with taking a picture's luma, and luma is what remains.
    ///
    /// Moving pixels about does; whatever computes new ones rounds otherwise on three samples than on one.
    var wantsGray: Bool {
        for operation in operations {
            switch operation {
            case .pixels(.gray): return true
            case .pixels(.crop), .pixels(.flip): continue
            case .pixels(.rotate(let degrees)) where degrees.remainder(dividingBy: 90) == 0: continue
            default: return false
            }
        }
        return false
    }

    /// Carries everything out in place.
    func apply(to pixels: inout PixelBuffer) throws(PenstockError) {
        for (number, operation) in operations.enumerated() {
            switch operation {
            case .pixels(let operation): try workshop.apply(operation, to: &pixels)
            case .filter: throw PenstockError(.unsupported, at: .preprocess, "Filters are not applied yet.")
            case .custom(let body): try Self.call(body, number, &pixels)
            }
        }
    }

    private static func call(
        _ body: (inout PixelBuffer) throws -> Void,
        _ number: Int,
        _ pixels: inout PixelBuffer
    ) throws(PenstockError) {
        do {
            try body(&pixels)
        } catch let error as PenstockError {
            throw error
        } catch {
            throw PenstockError(
                .operationFailed,
                at: .preprocess,
                "Operation \(number + 1), a closure, threw an error: \(error)."
            )
        }
    }
}

extension PenstockError.Code {
    /// A closure among a job's operations threw an error.
    public static let operationFailed = Self(rawValue: "operationFailed")
}
