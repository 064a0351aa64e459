internal import PenstockCore

/// Sound that goes beside a video as long as it can be read and converted; the pictures go on without it.
struct OptionalSound {
    private var track: SoundTrack?
    /// Why the sound ends early or is missing, for a person; `nil` where it does not.
    private(set) var note: String?

    /// Prepares the sound of a file, if there is any.
    init(of path: FilePath?, for container: VideoContainer) {
        track = path.flatMap { SoundTrack(of: $0, for: container) }
    }

    /// Whether there is sound still.
    var isThere: Bool { track != nil }

    /// Carries the sound a step on, at a time that counts in ticks.
    ///
    /// - Throws: What the file refuses to take, which is as bad for the pictures.
    mutating func carry(
        at ticks: Int64,
        _ step: (SoundTrack) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        guard let track else { return }
        do throws(PenstockError) {
            try step(track)
        } catch {
            if error.stage == .write, error.code != .unsupported { throw error }
            leaveOut(from: ticks, error)
        }
    }

    /// Goes on without sound.
    mutating func leaveOut(from ticks: Int64, _ reason: PenstockError) {
        track = nil
        let time = TimeStamp.text(.seconds(Double(ticks) / Double(OutputClock.ticksPerSecond)))
        note = "The sound was left out from \(time) on. \(reason.message)"
    }
}
