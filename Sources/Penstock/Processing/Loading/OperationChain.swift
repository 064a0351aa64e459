internal import PenstockCore
internal import PenstockImages
internal import PenstockVideo

/// Carries a job's operations out on one picture after the other. One thread uses it.
final class OperationChain {
    private let steps: [Step]
    private let firstNumber: Int
    private let workshop = PixelWorkshop()

    private enum Step {
        case pixels(PixelOperation)
        case filter(PictureFilter)
        case custom((inout PixelBuffer) throws -> Void)
    }

    /// Prepares to carry operations out.
    ///
    /// - Parameter firstNumber: The first one's place in the job, from 0.
    /// - Throws: Where one of them cannot be carried out at all.
    init(_ operations: [PictureOperation], firstNumber: Int = 0) throws(PenstockError) {
        var steps: [Step] = []
        for operation in operations { steps.append(try Self.step(operation)) }
        self.steps = steps
        self.firstNumber = firstNumber
    }

    private static func step(_ operation: PictureOperation) throws(PenstockError) -> Step {
        switch operation {
        case .pixels(let operation):
            try PixelWorkshop.check(operation)
            return .pixels(operation)
        case .filter(let description): return .filter(try PictureFilter(description))
        case .custom(let body): return .custom(body)
        }
    }

    /// Whether there is nothing to do.
    var isEmpty: Bool { steps.isEmpty }

    /// Whether all that is done is known to commute with taking a picture's luma, and luma is what remains.
    ///
    /// Moving pixels about does; whatever computes new ones rounds otherwise on three samples than on one.
    var wantsGray: Bool {
        for step in steps {
            switch step {
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
        for (number, step) in steps.enumerated() {
            switch step {
            case .pixels(let operation): try workshop.apply(operation, to: &pixels)
            case .filter(let filter): try filter.apply(to: &pixels)
            case .custom(let body): try Self.call(body, firstNumber + number, &pixels)
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
