internal import PenstockCore
internal import PenstockFlow
internal import PenstockInference
internal import PenstockVideo

/// Shows the pictures of a sample to one model, prepared in many ways, each decoded once for as many as fit in memory.
struct Examination: Sendable {
    let session: Session
    let sample: PictureSample
    let options: Doctor.Options

    /// The most memory that inputs take at once, in bytes: it decides how many views a round has.
    var memory = 256 << 20

    /// Collects what the model says under each candidate.
    func look(under candidates: [Diagnosis.Candidate]) async throws -> Evidence {
        var seen: Set<Preprocessing> = []
        let views = candidates.flatMap { [$0.preprocessing] + $0.preprocessing.otherLooks }
            .filter { seen.insert($0).inserted }
        var album = Album()
        for start in stride(from: 0, to: views.count, by: viewsAtOnce) {
            let shown = views[start..<min(start + viewsAtOnce, views.count)]
            try await show(sample, to: panel(of: shown), &album)
        }
        return try await DedicatedThread.run { [album, views, contract = session.contract] in
            Evidence(candidates, views, album.complete(views.count), contract, failures: album.failures)
        }
    }

    private var viewsAtOnce: Int {
        let bytes = session.contract.preprocessing.byteCount * session.batch.capacity * (session.requestLimit ?? 2)
        return max(1, memory / max(1, bytes))
    }

    /// The model as often as there are views, each under its own preprocessing.
    private func panel(of views: ArraySlice<Preprocessing>) async throws -> Panel {
        try await Panel(
            views.enumerated().map { place, view in
                var contract = session.contract
                contract.preprocessing = view
                return Panel.Member("\(place)", session, contract: contract)
            }
        )
    }

    private func show(_ sample: PictureSample, to panel: Panel, _ album: inout Album) async throws {
        for (number, part) in sample.parts.enumerated() {
            var taken = 0
            for try await item in panel.classify(part.source, options: await job(part)) {
                album.add(item, of: number, classCount: session.contract.classCount)
                taken += 1
                // A video that says nothing of its length may hold any number of frames.
                if taken == part.limit { break }
            }
        }
    }
}

extension Examination {
    /// How a part of the sample is read: in order, and with few pictures under way, since each has dozens of results.
    private func job(_ part: PictureSample.Part) async -> ClassificationJob.Options {
        var job = ClassificationJob.Options()
        job.maxPixels = options.maxPixels
        job.allowsTruncated = options.allowsTruncated
        job.timeout = options.timeout
        job.workers = options.workers
        job.topCount = ClassScores.limit
        job.window = 8
        job.video.deinterlaces = options.deinterlaces
        job.video.convertsWholeFrames = options.convertsWholeFrames
        if let video = part.video { job.video.sampling = await sampling(of: video, part.limit) }
        return job
    }

    /// Frames spread over the whole of a video; of one that says nothing of its length, the keyframes that come first.
    private func sampling(of video: VideoLocation, _ count: Int) async -> VideoSampling {
        guard let duration = try? await VideoInspection(video).description.duration, duration > .zero else {
            return VideoSampling(.keyframes)
        }
        return VideoSampling(.stretches(max(.nanoseconds(1), duration / count)))
    }
}
