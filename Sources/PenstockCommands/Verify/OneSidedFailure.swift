internal import Penstock
internal import PenstockCore

/// An item that failed in one of two runs; one that failed in both is agreement.
struct OneSidedFailure {
    /// How a report calls the item.
    let name: String
    /// Where it failed.
    let side: Side
    /// Why.
    let message: String

    /// One of the two runs.
    enum Side: String {
        case here
        case reference
    }

    /// `nil` where neither failed, or both.
    init?(_ item: ClassifiedPicture, _ answer: Comparison.Answer) {
        switch (item.failure, answer) {
        case (let error?, .classified): (side, message) = (.here, error.message)
        case (nil, .failed(let text)): (side, message) = (.reference, text)
        default: return nil
        }
        name = ItemName.text(item.source, item.moment?.frame)
    }

    /// The failure as reports hold it.
    var members: [JSONMember] {
        [JSONMember("failed", .text(side.rawValue)), JSONMember("message", .text(message))]
    }
}
