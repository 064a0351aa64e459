internal import PenstockCore

/// A job's inputs where they are there to be read, from the first to the last.
struct ReadInputs: Sendable {
    var source: PictureSource
    let recorded: RecordedItems?
    let unwanted: UnwantedFiles
    /// A folder that is not entered: results are written there.
    var leavingOut: FilePath?
    let remote: RemotePictures
    let opening: VideoItems.Opening

    /// Begins to go through them.
    ///
    /// - Throws: When they are not those of the earlier run that is to be gone on with.
    func inputs() throws(PenstockError) -> RemainingInputs {
        try RemainingInputs(
            of: ExpandedInputs(
                InputWalker(source, unwanted: unwanted, leavingOut: leavingOut),
                open: opening,
                finished: recorded?.videos ?? [:]
            ),
            after: recorded,
            remote: remote
        )
    }
}
