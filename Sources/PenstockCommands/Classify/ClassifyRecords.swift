internal import Penstock
internal import PenstockCore

/// What the results of a classification depend on: all of them, and those of each model.
struct ClassifyRecords: Sendable {
    /// What the job's results depend on.
    let job: JobRecord
    /// For each model, what they would depend on if it were asked alone.
    let models: [JobRecord]
    /// What the scores of each depend on.
    let identities: [RunIdentity]

    /// Reads every model, to tell it from others.
    init(_ models: OpenModels, _ options: ClassifyOptions) async throws {
        let common = JobRecord.commonFields(options)
        var identities: [RunIdentity] = []
        var own: [[JobRecord.Field]] = []
        for session in models.sessions {
            let identity = try await session.identity()
            identities.append(identity)
            own.append(JobRecord.fields(of: session, identity, options))
        }
        self.identities = identities
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
        _ identity: RunIdentity,
        _ options: ClassifyOptions
    ) -> [Field] {
        RunIdentity.Part.allCases.map { Field(name: $0.rawValue, value: identity[$0]) } + [
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
        ] + fields(options.engine.tensors)
    }
}
