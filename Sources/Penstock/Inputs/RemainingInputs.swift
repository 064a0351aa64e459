internal import PenstockCore
internal import PenstockFlow

/// A source's pictures and frames, less those that an earlier run has finished.
struct RemainingInputs: IteratorProtocol {
    typealias Element = InputElement

    private var inputs: ExpandedInputs<InputWalker>
    /// Pictures that come before some finished one and are not finished themselves, as happens without order.
    private var gaps: [Element] = []
    private let remote: RemotePictures

    /// Goes past what is recorded, and checks that it is the same pictures as in the earlier run.
    ///
    /// - Throws: When it is not.
    init(of inputs: ExpandedInputs<InputWalker>, after recorded: RecordedItems?, remote: RemotePictures)
        throws(PenstockError)
    {
        self.inputs = inputs
        self.remote = remote
        if let recorded { try skip(recorded) }
    }

    mutating func next() -> Element? {
        guard let element = gaps.isEmpty ? inputs.next() : gaps.removeFirst() else {
            remote.close()
            return nil
        }
        // From here on the fetch runs ahead of the loader that will want it.
        guard case .item(let input) = element, input.location == .address else { return element }
        return .item(input.with(.remote(remote.begin(input.name))))
    }

    private mutating func skip(_ recorded: RecordedItems) throws(PenstockError) {
        var passed = RecordedItems()
        for _ in 0..<recorded.end {
            guard let element = inputs.next() else { break }
            let (index, name) = element.identity
            if recorded.contains(index) {
                _ = passed.insert(index, name)
            } else {
                try checkKeeping(element)
                gaps.append(element)
            }
        }
        guard passed.hasItems(of: recorded) else {
            throw PenstockError(
                .inputsChanged,
                at: .configure,
                "The inputs are not those of the interrupted job: a name among its first \(recorded.end) items is new, "
                    + "gone or elsewhere. Give the same inputs, or start again without --resume."
            )
        }
    }
}

extension RemainingInputs {
    /// A frame cannot be kept for later: so many may be missing that memory would not hold them.
    private func checkKeeping(_ element: Element) throws(PenstockError) {
        guard case .item(let input) = element, case .frame(let frame) = input.location else { return }
        throw PenstockError(
            .inputsChanged,
            at: .configure,
            "Frame \(frame.moment.frame) of \(input.name) has no result while later ones have, as happens without order. "
                + "Such a job cannot be resumed: start again, without --unordered if it may be interrupted."
        )
    }
}

extension PenstockError.Code {
    /// A job cannot go on because its inputs are no longer the same.
    static let inputsChanged = Self(rawValue: "inputsChanged")
}
