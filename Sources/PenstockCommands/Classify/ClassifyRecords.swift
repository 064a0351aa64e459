internal import Penstock
internal import PenstockCore

/// What the results of a classification depend on: all of them, and those of each model.
struct ClassifyRecords: Sendable {
    /// What the job's results depend on.
    let job: JobRecord
    /// For each model, what they would depend on if it were asked alone.
    let models: [JobRecord]

    init(_ models: OpenModels, _ options: ClassifyOptions) throws(PenstockError) {
        let common = JobRecord.commonFields(options)
        var own: [[JobRecord.Field]] = []
        for session in models.sessions { own.append(try JobRecord.fields(of: session, options)) }
        self.models = own.map { JobRecord(fields: $0 + common) }
        let named = zip(models.names, own).flatMap { name, fields in
            fields.map { JobRecord.Field(name: name.isEmpty ? $0.name : "\(name): \($0.name)", value: $0.value) }
        }
        job = JobRecord(fields: named + common)
    }
}

extension JobRecord {
    /// What the results of a model depend on, beside the job.
    fileprivate static func fields(
        of session: Session,
        _ options: ClassifyOptions
    ) throws(PenstockError) -> [Field] {
        var contract = StableHash()
        contract.combine(session.contract.canonicalText)
        return [
            Field(name: "model", value: try session.model.contentDigest()),
            Field(name: "contract", value: contract.description),
            Field(name: "engine", value: session.engine),
            Field(name: "precision", value: session.precision),
            Field(name: "batch", value: "\(session.batch.capacity)"),
            Field(name: "device", value: options.engine.device),
        ]
    }

    /// What the results of every model depend on.
    fileprivate static func commonFields(_ options: ClassifyOptions) -> [Field] {
        [
            Field(name: "max-pixels", value: options.pictures.maxPixels.map { "\($0)" } ?? "default"),
            Field(name: "format", value: options.results.format.rawValue),
            Field(name: "top", value: "\(options.results.top)"),
            Field(name: "min-score", value: options.results.minScore.map { "\($0)" } ?? "none"),
            Field(name: "fast-decode", value: "\(options.look.allowsFastDecode)"),
            Field(name: "allow-truncated", value: "\(options.pictures.allowsTruncated)"),
            Field(name: "frames", value: "\(options.video.sampling)"),
            Field(name: "deinterlace", value: "\(options.video.deinterlaces)"),
            Field(name: "exact-frames", value: "\(options.look.isExact)"),
            Field(name: "raw", value: options.video.raw.map { "\($0)" } ?? "none"),
        ]
    }
}
