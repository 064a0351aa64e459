internal import Penstock
internal import PenstockCore

/// What a person is told at the end of a job, beside its results.
extension CommandEnvironment {
    /// Streams that are not what they claim.
    func note(ratesOf streams: [StreamSummary]) {
        for stream in streams {
            // Where frames are lost, that is what is wrong, and has been said.
            guard stream.report.failed == 0, let discrepancy = stream.report.rate.discrepancy else { continue }
            report("\(stream.source) \(discrepancy); times are those of the frames.")
        }
    }

    /// Inputs that came to nothing, and where it is said why.
    func note(failures: Int, of count: Int, explained place: String) {
        guard failures > 0 else { return }
        report("\(failures) of \(count) inputs failed; \(place).")
    }

    /// Files that a folder holds and that were not read.
    func note(filesLeftOut: (count: Int, first: FilePath?)) {
        guard filesLeftOut.count > 0, let first = filesLeftOut.first else { return }
        let count = filesLeftOut.count
        let files = count == 1 ? "1 file in a folder was" : "\(count) files in folders were"
        report("\(files) left out, not being named like a picture (the first: \(first)). Name a file to have it read.")
    }
}
