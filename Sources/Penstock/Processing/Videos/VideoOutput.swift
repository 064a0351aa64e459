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
        /// What the frames lose by being written, where they do.
        var loss: String?
    }

    private let source: FilePath
    /// Which of the job's videos it is.
    let number: Int?
    /// The number of the video's first item, whatever became of that.
    private let firstIndex: Int
    private let plan: ProcessingPlan
    private let state = Mutex(State())

    /// Prepares for the frames of a video, of which this is the first that is whole.
    init(_ first: PendingItem, firstIndex: Int, _ plan: ProcessingPlan) {
        self.firstIndex = firstIndex
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
                state.loss = state.loss ?? frame.loss
            }
            return PendingItem(result: item.result, video: item.video)
        } catch let error as PenstockError {
            fail(error)
            return item.failed(error)
        } catch {
            // Whatever came after would leave a gap.
            fail(.stopped)
            return item.failed(.stopped)
        }
    }

    private func fail(_ error: PenstockError) {
        state.withLock { $0.failure = $0.failure ?? error }
    }

    private func file(for first: ProcessedPicture) async throws -> EncodedVideo {
        let (file, failure) = state.withLock { ($0.file, $0.failure) }
        if let failure { throw failure }
        if let file { return file }
        let made = try await DedicatedThread.run { [plan, source, firstIndex] () throws(PenstockError) in
            let output = try plan.videoTarget(of: source, index: firstIndex)
            let path = plan.encodingPlace(of: plan.unfinished(output, index: first.index))
            try FileSystem.makeDirectory(path.parent)
            return try EncodedVideo(
                to: path,
                source: .file(source),
                draws: false,
                quality: plan.settings.videoQuality
            )
        }
        let stopped = state.withLock { state in
            state.file = made
            return state.failure
        }
        if let stopped { throw stopped }
        return made
    }
}

// MARK: - The end

extension VideoOutput {
    /// Waits until the file is whole, which then lacks nothing but its name, or until nothing is left of it; `nil` where no
    /// frame has gone in.
    func finish() async -> PendingItem? {
        let state = state.withLock { $0 }
        guard let file = state.file else { return nil }
        if state.failure != nil || state.first == nil { file.cancel() }
        let ended = await Self.result { try await file.finish() }
        guard let first = state.first else { return nil }
        if let failure = state.failure { return lost(first, state.encoded, failure) }
        do throws(PenstockError) {
            try ended.get()
            return try await item(file, first, state.encoded, state.loss)
        } catch {
            return lost(first, state.encoded, error)
        }
    }

    private func item(
        _ file: EncodedVideo,
        _ first: ProcessedPicture,
        _ encoded: Int,
        _ loss: String?
    ) async throws(PenstockError) -> PendingItem {
        let (written, notes) = (file.written, file.notes + (loss.map { [$0] } ?? []))
        return try await Self.result {
            try await DedicatedThread.run { [plan, source, firstIndex] () throws(PenstockError) in
                let output = try plan.videoTarget(of: source, index: firstIndex)
                var item = try plan.finished(source, as: output, index: first.index, written, frames: encoded)
                item.result.warning = notes.isEmpty ? nil : notes.joined(separator: " ")
                return item
            }
        }.get()
    }

    /// What comes of something; where that is no error of ours, it was called off.
    private static func result<Value>(
        _ body: () async throws -> sending Value
    ) async -> Result<Value, PenstockError> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error as? PenstockError ?? .stopped)
        }
    }

    /// What is told of a video that came to nothing after its frames were told as encoded.
    private func lost(_ first: ProcessedPicture, _ frames: Int, _ error: PenstockError) -> PendingItem {
        var item = PendingItem(result: first)
        item.result.outcome = .failed(error)
        item.lostFrames = frames
        return item
    }

    /// Gives up; `finish` waits until nothing is left.
    func cancel() {
        let file = state.withLock { state in
            state.failure = state.failure ?? .stopped
            return state.file
        }
        file?.cancel()
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
        as output: FilePath,
        index: Int,
        _ written: (frames: Int, size: ImageSize, bytes: Int)?,
        frames: Int
    ) throws(PenstockError) -> PendingItem {
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
