internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// A source's inputs with each video among them taken apart into its frames.
struct ExpandedInputs<Names: IteratorProtocol<InputElement>>: IteratorProtocol {
    typealias Element = InputElement

    private var names: Names
    private let open: VideoItems.Opening
    /// The videos that an earlier run has finished: how many items each is, by the number of its first.
    private let finished: [Int: Int]
    private var video: (any IteratorProtocol<Element>)?
    private var count = 0
    private var videos = 0

    /// Takes apart what `names` gives.
    init(_ names: Names, open: VideoItems.Opening, finished: [Int: Int] = [:]) {
        self.names = names
        self.open = open
        self.finished = finished
    }

    mutating func next() -> Element? {
        while true {
            if let element = video?.next() { return numbered(element) }
            if video.take() != nil { videos += 1 }
            guard let element = names.next() else { return nil }
            guard case .item(var input) = element, case .video(let location) = input.location else {
                return numbered(element)
            }
            input.video = videos
            video =
                finished[count].map { PassedFrames(of: input, count: $0) }
                ?? open.items(input.numbered(count), location)
            if video == nil { return numbered(element) }
        }
    }

    /// The element with its place among all frames and pictures.
    private mutating func numbered(_ element: Element) -> Element {
        defer { count += 1 }
        switch element {
        case .item(var input):
            input.video = video.map { _ in videos }
            return .item(input.numbered(count))
        case .value(var failed):
            failed.video = video.map { _ in videos }
            failed.index = count
            return .value(failed)
        }
    }
}
