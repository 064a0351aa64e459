internal import PenstockCore
internal import PenstockFlow

/// A job's inputs as its flow takes them: what has failed is a result already.
struct ProcessedInputs<Inputs: IteratorProtocol<InputElement>>: IteratorProtocol {
    private var inputs: Inputs

    init(_ inputs: Inputs) {
        self.inputs = inputs
    }

    mutating func next() -> SourceElement<PictureInput, PendingItem>? {
        switch inputs.next() {
        case .item(let input): .item(input)
        case .value(let failed): .value(PendingItem(result: ProcessedPicture(failed), video: failed.video))
        case nil: nil
        }
    }
}
