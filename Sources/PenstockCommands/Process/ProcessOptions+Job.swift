internal import Penstock
internal import PenstockCore

extension ProcessOptions {
    /// The pictures and videos.
    var source: PictureSource { .arguments(inputs, raw: video.raw, separator: pictures.separator) }

    /// What the job is to do, going on after what `memory` knows and keeping account there.
    func job(_ memory: JobMemory?) -> ProcessingJob.Options {
        var job = ProcessingJob.Options(output: output.settings)
        job.operations = operations.operations
        job.video = video.settings
        job.workers = manifest.workers
        job.isOrdered = manifest.isOrdered
        job.stopsOnError = manifest.stopsOnError
        job.maxPixels = pictures.maxPixels ?? job.maxPixels
        job.allowsTruncated = pictures.allowsTruncated
        job.timeout = pictures.timeout
        job.recorded = memory?.recorded
        job.began = memory?.began
        job.record = memory?.ledger
        return job
    }
}

extension JobRecord {
    /// What the files of a job depend on.
    init(_ options: ProcessOptions) {
        let settings = options.output.settings
        let fields: [(String, String)] = [
            ("operations", options.operations.words.joined(separator: " ")),
            ("to", settings.place.description),
            ("format", "\(settings.format)"),
            ("name", settings.name?.pattern ?? "kept"),
            ("on-conflict", settings.onConflict.rawValue),
            ("metadata", settings.metadata.rawValue),
            ("lossless", "\(settings.isLossless)"),
            ("keep-depth", "\(settings.keepsDepth)"),
            ("crf", settings.videoQuality.map { "\($0)" } ?? "default"),
            ("max-pixels", options.pictures.maxPixels.map { "\($0)" } ?? "default"),
            ("allow-truncated", "\(options.pictures.allowsTruncated)"),
            ("frames", "\(options.video.sampling)"),
            ("deinterlace", "\(options.video.deinterlaces)"),
            ("raw", options.video.raw.map { "\($0)" } ?? "none"),
        ]
        // A pattern or a path may hold what separates the fields.
        self.init(fields: fields.map { Field(name: $0.0, value: VisibleText.escaped($0.1)) })
    }
}
