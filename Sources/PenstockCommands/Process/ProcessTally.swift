internal import Penstock
internal import PenstockCore

/// Counts what became of a job's items, those of the run before it included.
struct ProcessTally {
    /// Items that ended in a file.
    private(set) var done: Int
    /// Items that ended in an error.
    private(set) var failed: Int
    /// Those of this run.
    private(set) var failedNow = 0
    /// Of the done, in this run, those whose file was there.
    private(set) var skipped = 0
    /// Of the failed, in this run, those that the disk had no room for.
    private(set) var withoutRoom = 0
    /// Whether something failed in this run that is made anew with its video where that is not finished.
    private(set) var hasFailedFrames = false
    /// Items with a warning, in this run.
    private(set) var warnings = 0

    private var encoded = EncodedFrames()

    /// Begins where an earlier run ended.
    init(_ memory: JobMemory?) {
        failed = memory?.recordedFailures ?? 0
        done = (memory?.recorded?.count ?? 0) - failed
    }

    /// Counts an item.
    mutating func count(_ item: ProcessedPicture) {
        if item.warning != nil { warnings += 1 }
        // The frames of a video were counted as done, each by itself, before it was known what came of it.
        let frames = encoded.note(item)
        switch item.outcome {
        case .written, .encoded: done += 1
        case .skipped:
            done += frames == nil ? 1 : 0
            skipped += frames ?? 1
        case .failed(let error):
            done -= frames ?? 0
            failed += frames ?? 1
            failedNow += frames ?? 1
            withoutRoom += SystemFailure.isFullDisk(error) ? frames ?? 1 : 0
            hasFailedFrames = hasFailedFrames || frames == nil && (item.moment != nil || encoded.isUnderWay)
        case .video: break
        }
    }
}
