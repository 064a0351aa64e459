internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo
internal import Synchronization

/// Draws a job's results on its pictures and frames, behind the job.
///
/// A video's file takes the frames of one video; a folder takes pictures, and a file for each video. What cannot be
/// drawn is noted, and the results go on without it.
final class ResultDrawing: Sendable {
    fileprivate struct State: Sendable {
        var videos: [Int: DrawnVideo] = [:]
        var pictures: AnnotatedPictures?
        var videoNames: [FilePath: Int] = [:]
        var summary = DrawingSummary()
        var isCancelled = false
    }

    /// The video that a stream's frames are drawn in.
    fileprivate struct DrawnVideo: Sendable {
        let source: FilePath
        /// `nil` where it could not be written, which has been noted.
        var file: EncodedVideo?
    }

    private let place: DrawingPlace
    private let whenFull: WhenFull
    private let state = Mutex(State())

    /// Draws at a place; live work drops drawings where other work waits for them.
    init(at path: FilePath, of source: PictureSource, isLive: Bool) {
        place = DrawingPlace(path, of: source)
        whenFull = isLive ? .drop : .wait
    }

    /// Brings a result to be drawn, and waits for room behind where nothing may be dropped.
    func draw(_ item: ClassifiedPicture) async {
        do {
            if let frame = item.companions.frame {
                try await draw(item, on: frame)
            } else if item.moment == nil, item.hasClasses {
                try await drawPicture(item)
            }
        } catch let error as PenstockError {
            note(item.source, error)
        } catch {
            // A cancellation: nobody wants drawings any more.
        }
    }

    /// Finishes every file, and says what was drawn.
    func finish() async -> DrawingSummary {
        let (videos, pictures) = state.withLock { state in
            defer { state.videos = [:] }
            return (state.videos.values, state.pictures)
        }
        for video in videos { await finish(video) }
        try? await pictures?.finish()
        return state.withLock { state in
            state.summary.written += pictures?.report.written ?? 0
            state.summary.dropped += pictures?.report.dropped ?? 0
            return state.summary
        }
    }

    /// Gives everything up: what is not whole disappears.
    func cancel() {
        let (videos, pictures) = state.withLock { state in
            state.isCancelled = true
            return (state.videos.values, state.pictures)
        }
        for video in videos { video.file?.cancel() }
        pictures?.cancel()
    }

    private func note(_ source: FilePath, _ error: PenstockError) {
        state.withLock { $0.summary.note(source, error) }
    }
}

// MARK: - Videos

extension ResultDrawing {
    private func draw(_ item: ClassifiedPicture, on frame: VideoFrame) async throws {
        let lane = item.companions.lane
        guard let file = try await file(for: item.source, lane: lane) else { return }
        do {
            try await file.write(frame, Annotation(item))
        } catch {
            // Said once: what has ended this file would be said again of every frame after it.
            state.withLock { $0.videos[lane]?.file = nil }
            throw error
        }
    }

    private func file(for source: FilePath, lane: Int) async throws -> EncodedVideo? {
        if let current = state.withLock({ $0.videos[lane] }) {
            if current.source == source { return current.file }
            await finish(current)
        }
        // Noted from the beginning, so that a file that cannot be begun is tried once.
        let number = state.withLock { state in
            state.videos[lane] = DrawnVideo(source: source)
            return state.takeNumber(of: place.video(of: source, number: 0))
        }
        guard number == 0 || !place.isVideo else { throw Self.secondVideo(source, place.folder) }
        let path = place.video(of: source, number: number)
        let file = try await DedicatedThread.run { [whenFull, place] () throws(PenstockError) in
            if !place.isVideo { try FileSystem.makeDirectory(path.parent) }
            return try EncodedVideo(to: path, source: .file(source), draws: true, whenFull: whenFull)
        }
        let isWanted = state.withLock { state in
            if !state.isCancelled { state.videos[lane]?.file = file }
            return !state.isCancelled
        }
        if !isWanted { file.cancel() }
        return isWanted ? file : nil
    }

    private func finish(_ video: DrawnVideo) async {
        guard let file = video.file else { return }
        do {
            try await file.finish()
        } catch let error as PenstockError {
            note(video.source, error)
        } catch {
            // Cancelled: nothing is left of it.
        }
        let report = file.report
        state.withLock { state in
            state.summary.written += report.written
            state.summary.dropped += report.dropped
        }
    }

    private static func secondVideo(_ source: FilePath, _ path: FilePath) -> PenstockError {
        PenstockError(
            .invalidConfiguration,
            at: .write,
            "\(path) holds the frames of one video, and \(source) is another: name a folder after --annotate."
        )
    }
}

extension ResultDrawing.State {
    /// How many videos have had this path before.
    fileprivate mutating func takeNumber(of path: FilePath) -> Int {
        defer { videoNames[path, default: 0] += 1 }
        return videoNames[path, default: 0]
    }
}

// MARK: - Pictures

extension ResultDrawing {
    private func drawPicture(_ item: ClassifiedPicture) async throws {
        guard !place.isVideo else { return }
        let bytes = item.companions.bytes.map { PictureBytes.memory($0) } ?? .file(item.source)
        try await pictures().write(bytes, as: place.name(of: item.source), Annotation(item))
    }

    private func pictures() async throws -> AnnotatedPictures {
        if let pictures = state.withLock(\.pictures) { return pictures }
        let pictures = try await DedicatedThread.run { [self] () throws(PenstockError) in
            try AnnotatedPictures(folder: place.folder, whenFull: whenFull) { [weak self] source, error in
                self?.note(source, error)
            }
        }
        let isWanted = state.withLock { state in
            if !state.isCancelled { state.pictures = pictures }
            return !state.isCancelled
        }
        guard isWanted else { throw CancellationError() }
        return pictures
    }
}

extension ClassifiedPicture {
    /// Whether any model has named what it shows.
    fileprivate var hasClasses: Bool {
        if case .classified = outcome { true } else { answers.contains { $0.failure == nil } }
    }
}

extension Annotation {
    /// What is drawn of a result: a model's classes, or of several models the best class of each.
    fileprivate init(_ item: ClassifiedPicture) {
        let bests = item.answers.compactMap { answer in answer.top.first.map { Line($0, of: answer.model) } }
        self.init(
            lines: item.answers.isEmpty ? item.top.map { Line($0) } : bests,
            time: item.moment?.time,
            note: item.failure?.message
        )
    }
}

extension Annotation.Line {
    fileprivate init(_ item: Classification, of model: String? = nil) {
        let label = item.label ?? "class \(item.classIndex)"
        self.init(label: model.map { "\($0): \(label)" } ?? label, score: item.score)
    }
}
