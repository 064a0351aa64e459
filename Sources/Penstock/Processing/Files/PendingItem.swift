internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// An item of a job on its way to its taker: its result, as far as it is known, and what is still to be done for it.
struct PendingItem: FlowValue {
    /// What became of it, or will have become of it when the rest is done.
    var result: ProcessedPicture
    /// Its file, which still lacks its name.
    var file: UnfinishedFile?
    /// The file that it was read from, where that is one: it is not to be written over.
    var origin: FilePath?
    /// The frame to be encoded in a video.
    var frame: EncodableFrame?
    /// The video that it is of, counted from 0 in the job.
    var video: Int?
    /// Frames told as encoded that this failure, a video's, takes with it.
    var lostFrames = 0

    var ending: ItemEnding {
        switch result.outcome {
        case .written, .skipped, .encoded: .done
        case .video: .notice
        case .failed(let error): error.code == .cancelled ? .dropped(.cancelled) : .failed
        }
    }
}

/// A frame on its way into a video.
struct EncodableFrame: Sendable {
    /// What is encoded.
    let frame: VideoFrame
    /// What it was made of: held until the frame is on its way to the encoder, so that the bound on frames decoded
    /// bounds those that wait here as well.
    let origin: VideoFrame
    /// What its video loses by being written.
    let loss: String?
}

extension PendingItem {
    /// Whether it was given up because the job was stopped.
    var wasDropped: Bool { if case .dropped = ending { true } else { false } }

    /// The same item, failed; its file disappears.
    func failed(_ error: PenstockError) -> PendingItem {
        settled(.failed(error))
    }

    /// The same item, left out because its file was there; the new one disappears.
    func skipped(_ output: FilePath) -> PendingItem {
        settled(.skipped(output))
    }

    /// The same item, for which nothing remains to be done.
    private func settled(_ outcome: ProcessedPicture.Outcome) -> PendingItem {
        var item = self
        if case .video(_, let frames) = result.outcome, case .failed = outcome { item.lostFrames = frames }
        item.result.outcome = outcome
        // Not only let go of: whoever else still refers to it must not keep it on the disk.
        item.file?.remove()
        item.file = nil
        item.frame = nil
        return item
    }
}

extension ProcessedPicture.Outcome {
    /// The file that the item is in, or is to be in.
    var file: WrittenFile? {
        get {
            switch self {
            case .written(let file), .video(let file, frames: _): file
            case .skipped, .encoded, .failed: nil
            }
        }
        set {
            guard let file = newValue else { return }
            switch self {
            case .written: self = .written(file)
            case .video(_, let frames): self = .video(file, frames: frames)
            case .skipped, .encoded, .failed: break
            }
        }
    }
}
