internal import PenstockCore

/// What a model said of each picture, view by view.
struct Album {
    /// A picture, and what was said of each view of it.
    struct Page {
        let source: FilePath
        var scores: [ClassScores] = []
    }

    private var pages: [Place: Page] = [:]
    private var order: [Place] = []
    private var failed: [Place: PenstockError] = [:]
    private var firstFailure: PenstockError?

    /// Where an item stands in its sample.
    private struct Place: Hashable {
        var part: Int
        var index: Int
    }

    /// Adds what the members of a panel say of an item.
    mutating func add(_ item: ClassifiedPicture, of part: Int, classCount: Int) {
        let place = Place(part: part, index: item.index)
        guard let tops = item.tops else {
            if let error = item.failure, failed.updateValue(error, forKey: place) == nil {
                firstFailure = firstFailure ?? error
            }
            return
        }
        if pages[place] == nil { order.append(place) }
        pages[place, default: Page(source: item.source)].scores += tops.map { ClassScores($0, classCount: classCount) }
    }

    /// The pictures of which every view was seen, in their order.
    func complete(_ viewCount: Int) -> [Page] {
        order.compactMap { pages[$0] }.filter { $0.scores.count == viewCount }
    }

    /// The pictures of which nothing could be said: they could not be read, or every inference failed.
    var failures: ReadFailures { ReadFailures(count: failed.count, first: firstFailure) }
}

extension ClassifiedPicture {
    /// What each member says, nothing where its inference failed; `nil` where none could say anything.
    fileprivate var tops: [[Classification]]? {
        answers.contains { $0.failure == nil } ? answers.map(\.top) : nil
    }
}
