internal import Glibc
internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo
internal import Synchronization

/// A video that frames are encoded into. One task at a time uses it.
final class VideoOutput: Sendable {
    private struct State: Sendable {
        var file: EncodedVideo?
        var failure: PenstockError?
        var encoded = 0
        var first: ProcessedPicture?
    }

    private let source: FilePath
    /// Which of the job's videos it is.
    let number: Int?
    private let plan: ProcessingPlan
    private let state = Mutex(State())

    /// Prepares for the frames of a video, of which this is the first.
    init(_ first: PendingItem, _ plan: ProcessingPlan) {
        source = first.result.source
        number = first.video
        self.plan = plan
    }

    /// Sends a frame to be encoded, and waits for room where too many are on their way.
    func encode(_ item: PendingItem, _ frame: EncodableFrame) async -> PendingItem {
        do {
            try await file(for: item.result).write(frame.frame)
            state.withLock { state in
                state.encoded += 1
                state.first = state.first ?? item.result
            }
            return PendingItem(result: item.result, video: item.video)
        } catch let error as PenstockError {
            state.withLock { $0.failure = $0.failure ?? error }
            return item.failed(error)
        } catch {
            return item.failed(.stopped)
        }
    }

    private func file(for first: ProcessedPicture) async throws -> EncodedVideo {
        let (file, failure) = state.withLock { ($0.file, $0.failure) }
        if let failure { throw failure }
        if let file { return file }
        let made = try await DedicatedThread.run { [plan, source] () throws(PenstockError) in
            let output = try plan.videoTarget(of: source, index: first.index)
            let path = plan.encodingPlace(of: plan.unfinished(output, index: first.index))
            try FileSystem.makeDirectory(path.parent)
            return try EncodedVideo(
                to: path,
                source: .file(source),
                draws: false,
                quality: plan.settings.videoQuality
            )
        }
        state.withLock { $0.file = made }
        return made
    }
}

// MARK: - The end

extension VideoOutput {
    /// Waits until the file is whole, which then lacks nothing but its name; `nil` where no frame has gone in.
    func finish() async -> PendingItem? {
        let (file, first, encoded) = state.withLock { ($0.file, $0.first, $0.encoded) }
        guard let file, let first else { return nil }
        do {
            try await file.finish()
            let written = file.written
            let notes = file.notes
            return try await DedicatedThread.run { [plan, source] () throws(PenstockError) in
                var item = try plan.finished(source, index: first.index, written, frames: encoded)
                item.result.warning = notes.isEmpty ? nil : notes.joined(separator: " ")
                return item
            }
        } catch let error as PenstockError {
            return lost(first, encoded, error)
        } catch {
            return lost(first, encoded, .stopped)
        }
    }

    /// What is told of a video that came to nothing after its frames were told as encoded.
    private func lost(_ first: ProcessedPicture, _ frames: Int, _ error: PenstockError) -> PendingItem {
        var item = PendingItem(result: first)
        item.result.outcome = .failed(error)
        item.result.isOfVideo = false
        item.lostFrames = frames
        return item
    }

    /// Gives up; returns how many frames are lost.
    func cancel() -> Int {
        let (file, encoded) = state.withLock { ($0.file, $0.encoded) }
        file?.cancel()
        return encoded
    }
}

extension ProcessingPlan {
    /// The endings of videos; the first is the usual one.
    private var videoEndings: [String] {
        if case .video(let ending) = settings.format { [ending] } else { ["mp4", "mov", "mkv"] }
    }

    /// The path of a video's file below the folder of outputs.
    func videoTarget(of source: FilePath, index: Int) throws(PenstockError) -> FilePath {
        try naming.output(ofVideo: source, index: index, endings: videoEndings)
    }

    /// The item of a video whose frames are all encoded.
    fileprivate func finished(
        _ source: FilePath,
        index: Int,
        _ written: (frames: Int, size: ImageSize, bytes: Int)?,
        frames: Int
    ) throws(PenstockError) -> PendingItem {
        let output = try videoTarget(of: source, index: index)
        let unfinished = unfinished(output, index: index)
        try unfinished.adopt(encodingPlace(of: unfinished))
        let checksum = try Checksum.crc32(of: unfinished.path)
        let file = WrittenFile(
            output: output,
            size: written?.size ?? ImageSize(width: 0, height: 0),
            bytes: written?.bytes ?? 0,
            checksum: checksum
        )
        var item = PendingItem(
            result: ProcessedPicture(source: source, index: index, outcome: .video(file, frames: frames))
        )
        item.file = unfinished
        item.origin = source
        return item
    }
}
