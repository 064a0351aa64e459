internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// A job's inputs as its flow takes them: what has failed or needs no look of its own is a result already.
struct ClassifiedInputs<Inputs: IteratorProtocol<InputElement>>: IteratorProtocol {
    typealias Element = SourceElement<PictureInput, ClassifiedPicture>

    private var inputs: Inputs
    private let keepsFrames: Bool

    /// Takes results out of what `inputs` gives.
    ///
    /// - Parameter keepsFrames: Whether frames are drawn on, and stay until then.
    init(_ inputs: Inputs, keepsFrames: Bool) {
        self.inputs = inputs
        self.keepsFrames = keepsFrames
    }

    mutating func next() -> Element? {
        inputs.next().map { Element($0, keepsFrames: keepsFrames) }
    }
}

extension SourceElement<PictureInput, ClassifiedPicture> {
    /// An input as a flow takes it.
    init(_ element: InputElement, keepsFrames: Bool) {
        switch element {
        case .value(let failed): self = .value(ClassifiedPicture(failed))
        case .item(let input):
            if input.isStill, case .frame(let frame) = input.location {
                self = .value(.reused(frame, input, keepsFrame: keepsFrames))
            } else {
                self = .item(input)
            }
        }
    }
}

extension ClassifiedPicture {
    init(_ failed: FailedInput) {
        self.init(source: failed.source, index: failed.index, outcome: .failed(failed.error))
        moment = failed.moment
    }
}

extension ClassifiedPicture {
    /// The place of a frame that needs no look of its own; whoever takes the results in order fills it in.
    ///
    /// A frame that nobody draws on goes back to the decoder at once: results may wait for one before them.
    static func reused(_ frame: VideoFrame, _ input: PictureInput, keepsFrame: Bool) -> ClassifiedPicture {
        var result = ClassifiedPicture(
            source: input.name,
            index: input.index,
            size: frame.size,
            outcome: .classified([])
        )
        result.isDamaged = frame.isDamaged
        result.isReused = true
        result.note(input)
        if keepsFrame { result.companions.frame = frame }
        return result
    }
}
