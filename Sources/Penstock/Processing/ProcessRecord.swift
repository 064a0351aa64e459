package import PenstockCore

/// Keeps account, on a disk, of what a processing job has written, so that a job that was killed can go on.
///
/// Called on one thread, in the order of the items, a batch at a time: `intend` before the files of the batch get their
/// names, `conclude` after. A job that dies in between leaves an intention, from which the next one can tell the files
/// that got their names (their unfinished twin is gone) from those that did not.
package protocol ProcessRecord: AnyObject, Sendable {
    /// Notes what is about to be given its name, and what comes between.
    func intend(_ items: [ProcessedPicture]) throws(PenstockError)

    /// Notes how it came out.
    func conclude(_ items: [ProcessedPicture]) throws(PenstockError)
}
