internal import Penstock
internal import PenstockCore

extension VerifyOptions {
    /// The pictures and videos.
    var source: PictureSource {
        .arguments(inputs, raw: video.raw, separator: pictures.separator)
    }

    /// How the model is to be opened.
    func session() throws(PenstockError) -> Session.Configuration {
        var configuration = try engine.configuration(contract: contract)
        configuration.batch = speed.batch
        configuration.requests = speed.requests
        return configuration
    }

    /// What the job is to do: every class has a score, so that any that a reference names can be compared.
    func job(classes: Int) -> ClassificationJob.Options {
        var job = ClassificationJob.Options()
        job.topCount = classes
        job.workers = speed.workers
        job.window = speed.queue
        job.maxWait = speed.maxWait
        job.maxPixels = pictures.maxPixels ?? job.maxPixels
        job.allowsTruncated = pictures.allowsTruncated
        job.timeout = pictures.timeout
        job.allowsFastDecode = look.allowsFastDecode
        job.video = video.settings
        job.video.convertsWholeFrames = look.isExact
        job.video.stillThreshold = look.stillThreshold
        return job
    }
}
