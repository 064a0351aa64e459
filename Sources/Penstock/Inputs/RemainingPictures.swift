internal import PenstockCore
internal import PenstockFlow

/// A source's pictures, less those that an earlier run has finished.
struct RemainingPictures: IteratorProtocol {
    typealias Element = InputWalker.Element

    private var walker: InputWalker
    /// Pictures that come before some finished one and are not finished themselves, as happens without order.
    private var gaps: [Element] = []
    private let remote: RemotePictures

    /// Goes past what is recorded, and checks that it is the same pictures as in the earlier run.
    ///
    /// - Throws: When it is not.
    init(of source: PictureSource, after recorded: RecordedItems?, unwanted: UnwantedFiles, remote: RemotePictures)
        throws(PenstockError)
    {
        self.remote = remote
        walker = InputWalker(source, unwanted: unwanted)
        if let recorded { try skip(recorded) }
    }

    mutating func next() -> Element? {
        guard let element = gaps.isEmpty ? walker.next() : gaps.removeFirst() else {
            remote.close()
            return nil
        }
        // From here on the fetch runs ahead of the loader that will want it.
        guard case .item(let input) = element, input.location == .address else { return element }
        return .item(PictureInput(index: input.index, name: input.name, location: .remote(remote.begin(input.name))))
    }

    private mutating func skip(_ recorded: RecordedItems) throws(PenstockError) {
        var passed = RecordedItems()
        for _ in 0..<recorded.end {
            guard let element = walker.next() else { break }
            let (index, name) = element.identity
            if recorded.contains(index) {
                _ = passed.insert(index, name)
            } else {
                gaps.append(element)
            }
        }
        guard passed == recorded else {
            throw PenstockError(
                .inputsChanged,
                at: .configure,
                "The inputs are not those of the interrupted job: a name among its first \(recorded.end) items is new, "
                    + "gone or elsewhere. Give the same inputs, or start again without --resume."
            )
        }
    }
}

extension PenstockError.Code {
    /// A job cannot go on because its inputs are no longer the same.
    static let inputsChanged = Self(rawValue: "inputsChanged")
}
