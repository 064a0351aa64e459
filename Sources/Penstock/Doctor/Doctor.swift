public import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockInference

/// Finds out how a model wants its pictures prepared, by showing it the same pictures prepared in many ways.
///
/// ```swift
/// let doctor = try await Doctor(model: "model.onnx")
/// let diagnosis = try await doctor.examine(.folder("photos"))
/// if let better = diagnosis.recommended { print(better.flags ?? "\(better)") }
/// ```
/// `Documentation/Doctor.md` says how it judges, and when it cannot know.
public struct Doctor: Sendable {
    /// The model, open. Where nothing declares its normalisation, it is open under one that means nothing.
    public let session: Session
    /// What the model's files say where the caller said otherwise; `nil` where it cannot be used.
    let filed: Contract?

    /// Opens a model, even one whose preprocessing nobody declares.
    ///
    /// - Throws: `PenstockError` when the engine or the model cannot be had.
    public init(model: FilePath, configuration: Session.Configuration = Session.Configuration()) async throws {
        var configuration = configuration
        configuration.contract.provisional = .raw
        // One picture is prepared in dozens of ways at once: that is a batch already.
        configuration.requests = configuration.requests ?? 2
        session = try await Session(model: model, configuration: configuration)
        filed = try? await Self.filed(session, configuration)
    }

    private static func filed(_ session: Session, _ configuration: Session.Configuration) async throws -> Contract {
        var flags = ContractFlags()
        flags.provisional = .raw
        flags.size = configuration.contract.size
        flags.layout = configuration.contract.layout
        flags.labels = configuration.contract.labels
        flags.activation = configuration.contract.activation
        return try await DedicatedThread.run { [flags] () throws(PenstockError) in
            try Contract.resolve(session.model, session.description, flags: flags, tensors: configuration.tensors)
        }
    }
}

extension Doctor {
    /// The recognition that models without sense do not reach, so that less of it is no evidence.
    package static let leastRecognition = Judgement.leastRecognition

    /// What an examination looks at.
    public struct Options: Sendable {
        /// The most pictures that are looked at, spread over the source.
        public var sample: Int = 64
        /// Pictures with more pixels than this are refused.
        public var maxPixels: Int = DecodeOptions.defaultMaxPixels
        /// Whether a file that is cut short is decoded as far as it goes.
        public var allowsTruncated: Bool = false
        /// How long an address may take to answer.
        public var timeout: Duration = .seconds(30)
        /// Threads that read, decode and prepare; `nil` takes one for each core.
        public var workers: Int?
        /// Whether interlaced frames of videos are deinterlaced.
        public var deinterlaces: Bool = false
        /// Whether frames are converted to RGB before they are resized, as it is with stills.
        public var convertsWholeFrames: Bool = false

        /// Makes the default options.
        public init() {}
    }

    /// Shows the model pictures in every way that it might want them, and weighs what it says.
    ///
    /// - Throws: `PenstockError` when no picture can be read, or the source can be read only once.
    public func examine(_ source: PictureSource, options: Options = Options()) async throws -> Diagnosis {
        let sample = try await PictureSample.draw(options.sample, from: source)
        let examination = Examination(session: session, sample: sample, options: options)
        let first = try await examination.look(
            under: Diagnosis.Candidate.normalizations(session.contract, filed: filed)
        )
        try first.requirePictures(missing: sample.missing)
        let judgement = try await DedicatedThread.run { Judgement(of: first, contract: session.contract) }
        // Whether the middle of a picture or all of it is shown says nothing about a model that recognises nothing.
        guard let chosen = judgement.chosen else {
            return Diagnosis(self, sample, first, judgement, fits: nil)
        }
        let second = try await examination.look(
            under: Diagnosis.Candidate.fits(of: chosen, session.contract, filed: filed)
        )
        let fits = try await DedicatedThread.run { FitJudgement(of: second, chosen: chosen) }
        return Diagnosis(self, sample, first, judgement, fits: fits)
    }
}
