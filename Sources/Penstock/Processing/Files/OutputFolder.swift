internal import PenstockCore

/// The folder of a job's outputs, which the job has to itself while it lives, unless it writes one file there.
final class OutputFolder: Sendable {
    /// Where it is.
    let path: FilePath
    /// What is younger was written by this job.
    private let beginning: DiskTime
    private let claim: FolderClaim?

    /// Makes the folder if it is missing, and makes sure that it can be written, and that no other job writes there.
    ///
    /// - Parameter began: When the job began that this one goes on with.
    init(_ path: FilePath, isExclusive: Bool, began: DiskTime? = nil) throws(PenstockError) {
        self.path = path
        try FileSystem.makeDirectory(path)
        claim = isExclusive ? try FolderClaim(path) : nil
        let now = try DiskTime.now(in: path)
        beginning = min(began ?? now, now)
    }

    /// Lets other jobs in, once nothing more is written.
    func release() {
        claim?.release()
    }
}

extension OutputFolder {
    /// What lies at a place.
    enum Occupant: Hashable, Sendable {
        /// Something that was there before the job.
        case older
        /// Something that the job has written.
        case ofThisJob
    }

    /// What lies at a place in the folder; `nil` where nothing does.
    func occupant(of place: FilePath) -> Occupant? {
        DiskTime(ofLastChangeOf: place).map { $0 < beginning ? .older : .ofThisJob }
    }
}
