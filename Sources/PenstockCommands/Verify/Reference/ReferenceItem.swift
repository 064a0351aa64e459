internal import Penstock
internal import PenstockCore

/// What one record of a reference says: of which item, and what.
struct ReferenceItem: Hashable, Sendable {
    /// The picture or the video, as the reference names it.
    let source: FilePath
    /// The frame of a video.
    let frame: Int?
    /// The classes, or why there are none.
    let answer: Comparison.Answer
    /// How many classes have a score there by their place alone; `nil` where each says which it is.
    var listed: Int?
}

/// Why a record cannot be used, as the end of a sentence that names its line.
struct ReferenceFault: Error {
    let reason: String
    /// Whether it helps to say what a record should look like.
    let isOfForm: Bool

    init(_ reason: String, isOfForm: Bool = true) {
        self.reason = reason
        self.isOfForm = isOfForm
    }

    /// The reason, and what would have been expected.
    var explanation: String { isOfForm ? "\(reason). \(Self.expectation)." : reason }

    /// What a record should be.
    private static let expectation =
        "Expected is an object with \"source\" and one of \"top\" (classes with \"class\", \"label\" and \"score\"), "
        + "\"class\" or \"label\", \"scores\" (one a class), \"error\", or \"models\" with any of these for each model"
}
