internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// Carries out, on a video's frames in their order, the operations up to the last that may look at several of them.
/// One thread uses it, for one video.
final class StreamSteps {
    private let steps: [any StreamStep]
    private let source: FilePath
    private let emit: (InputElement) -> Void

    /// Prepares the steps.
    ///
    /// - Parameters:
    ///   - pool: Lends the frames that come out at the end, and is slept upon.
    ///   - emit: Takes what comes out.
    init(
        _ operations: [PictureOperation],
        of source: FilePath,
        pool: FramePool,
        emit: @escaping (InputElement) -> Void
    ) throws(PenstockError) {
        // Between steps there is one frame at a time, apart from those that filters hold inside.
        let between = FramePool(limit: .max)
        var steps: [any StreamStep] = []
        for (number, operation) in operations.enumerated() {
            let isLast = number == operations.count - 1
            steps.append(try Self.step(operation, number, into: isLast ? pool : between))
        }
        self.steps = steps
        self.source = source
        self.emit = emit
    }

    private static func step(
        _ operation: PictureOperation,
        _ number: Int,
        into pool: FramePool
    ) throws(PenstockError) -> any StreamStep {
        if case .filter(let description) = operation { return try FilterStep(description, pool) }
        return PixelStep(try OperationChain([operation], firstNumber: number), pool)
    }
}

extension StreamSteps {
    /// Sends a frame through.
    func add(_ frame: VideoFrame) { add(frame, from: 0) }

    /// Sends what the steps hold back after it.
    func finish() {
        for (number, step) in steps.enumerated() {
            do throws(PenstockError) {
                try step.finish { self.add($0, from: number + 1) }
            } catch {
                fail(error, nil)
            }
        }
    }

    private func add(_ frame: VideoFrame, from number: Int) {
        guard number < steps.count else {
            return emit(
                .item(PictureInput(index: 0, name: source, location: .frame(frame), moment: frame.moment))
            )
        }
        do throws(PenstockError) {
            try steps[number].add(frame) { self.add($0, from: number + 1) }
        } catch {
            fail(error, frame.moment)
        }
    }

    private func fail(_ error: PenstockError, _ moment: FrameMoment?) {
        emit(.value(FailedInput(source: source, index: 0, moment: moment, error: error)))
    }
}

/// One operation on the frames of a video.
private protocol StreamStep {
    /// Does what is to be done with a frame, and hands on what comes of that.
    func add(_ frame: VideoFrame, _ take: (VideoFrame) -> Void) throws(PenstockError)

    /// Hands on what is left when no frame follows.
    func finish(_ take: (VideoFrame) -> Void) throws(PenstockError)
}

private struct FilterStep: StreamStep {
    private let filter: StreamFilter
    private let pool: FramePool

    init(_ description: String, _ pool: FramePool) throws(PenstockError) {
        filter = try StreamFilter(description)
        self.pool = pool
    }

    func add(_ frame: VideoFrame, _ take: (VideoFrame) -> Void) throws(PenstockError) {
        try filter.add(frame, pool: pool) { (frame) throws(PenstockError) in take(frame) }
    }

    func finish(_ take: (VideoFrame) -> Void) throws(PenstockError) {
        try filter.finish(pool: pool) { (frame) throws(PenstockError) in take(frame) }
    }
}

private struct PixelStep: StreamStep {
    private let chain: OperationChain
    private let pool: FramePool
    private let frames = WholeFrames()
    private let canvas = PixelCanvas()

    init(_ chain: OperationChain, _ pool: FramePool) {
        self.chain = chain
        self.pool = pool
    }

    func add(_ frame: VideoFrame, _ take: (VideoFrame) -> Void) throws(PenstockError) {
        try frames.deliver(frame, to: canvas)
        try chain.apply(to: &canvas.pixels)
        take(try VideoFrame(canvas.pixels, moment: frame.moment, isDamaged: frame.isDamaged, from: pool))
    }

    func finish(_ take: (VideoFrame) -> Void) throws(PenstockError) {}
}
