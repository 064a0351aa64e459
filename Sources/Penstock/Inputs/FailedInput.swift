internal import PenstockCore
internal import PenstockFlow

/// An input of which there is nothing to load: it could not be found, opened or decoded.
struct FailedInput: Hashable, Sendable {
    /// The path or address, as it appears in the result.
    let source: FilePath
    /// Its place in the job, from 0.
    var index: Int
    /// Where a frame stands in its video.
    var moment: FrameMoment?
    /// The video that it is of, counted from 0 in the job; `nil` where it is of none.
    var video: Int?
    /// Why.
    let error: PenstockError
}

/// What a job's inputs are before the job has made results of them.
typealias InputElement = SourceElement<PictureInput, FailedInput>

extension InputElement {
    /// The element's place in the job, and its name.
    var identity: (index: Int, name: FilePath) {
        switch self {
        case .item(let input): (input.index, input.name)
        case .value(let failed): (failed.index, failed.source)
        }
    }
}
