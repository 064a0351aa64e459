internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// What arrives, numbered in the order in which it is taken.
struct MergedInputs: IteratorProtocol {
    typealias Element = SourceElement<PictureInput, ClassifiedPicture>

    private let arriving: ArrivingInputs
    private let stillThreshold: Double?
    private let keepsFrames: Bool
    private var stills: [Int: StillDetector] = [:]
    private var count = 0

    init(_ arriving: ArrivingInputs, stillThreshold: Double?, keepsFrames: Bool) {
        self.arriving = arriving
        self.stillThreshold = stillThreshold
        self.keepsFrames = keepsFrames
    }

    mutating func next() -> Element? {
        arriving.next().map { merged in
            switch merged.content {
            case .element(let element): numbered(element, lane: merged.lane)
            case .live(let name, let element): item(name, element, lane: merged.lane)
            }
        }
    }

    private mutating func numbered(_ element: InputElement, lane: Int) -> Element {
        switch element {
        case .item(let input):
            return Element(.item(input.numbered(takeNumber(), lane: lane)), keepsFrames: keepsFrames)
        case .value(let failed):
            var result = ClassifiedPicture(failed)
            result.index = takeNumber()
            result.companions.lane = lane
            return .value(result)
        }
    }

    private mutating func takeNumber() -> Int {
        defer { count += 1 }
        return count
    }
}

// MARK: - Live streams

extension MergedInputs {
    private mutating func item(_ name: FilePath, _ element: LiveElement, lane: Int) -> Element {
        switch element {
        case .frame(let live):
            return frame(live, name, lane)
        case .failure(let moment, let error, let arrival):
            var result = ClassifiedPicture(source: name, index: takeNumber(), outcome: .failed(error))
            result.moment = moment
            result.arrival = arrival.wallClock
            result.companions.lane = lane
            return .value(result)
        case .event(let event):
            return .value(ClassifiedPicture(source: name, index: count, outcome: .event(event)))
        }
    }

    private mutating func frame(_ live: LiveFrame, _ name: FilePath, _ lane: Int) -> Element {
        let input = PictureInput(
            index: takeNumber(),
            name: name,
            location: .frame(live.frame),
            moment: live.moment,
            arrival: live.arrival,
            lane: lane
        )
        // Only here is it certain which frames are looked at: those before may have been dropped.
        return isStill(live.frame, lane)
            ? .value(.reused(live.frame, input, keepsFrame: keepsFrames)) : .item(input)
    }

    private mutating func isStill(_ frame: VideoFrame, _ lane: Int) -> Bool {
        guard let threshold = stillThreshold else { return false }
        return stills[lane, default: StillDetector(threshold: threshold)].isStill(frame)
    }
}
