internal import PenstockCore
internal import PenstockInference

/// The engines that were tried on a model and could not run it.
///
/// One that is absent is passed over in silence; one that is there and fails is passed over with a note. What the user
/// must say, such as a missing normalisation, no other engine mends: it is thrown at once.
struct EngineTrials {
    private let shelf: EngineShelf
    private var failures: [Failure] = []
    private var absences: [Failure] = []

    /// An engine that could not run the model, and why.
    private struct Failure {
        let kind: EngineKind
        let error: PenstockError
    }

    /// Failures that another engine may not have.
    private static let mendable: Set<PenstockError.Code> = [
        .engineMissing, .engineBroken, .modelUnreadable, .compilationFailed, .inferenceFailed,
    ]

    private init(_ shelf: EngineShelf) {
        self.shelf = shelf
    }
}

extension EngineTrials {
    /// What `use` makes of the model with the first engine that can, and a note for each that was passed over.
    static func first<Opened>(
        of engines: Engines,
        from shelf: EngineShelf = .installed,
        _ use: (any InferenceEngine, any ReadModel) throws(PenstockError) -> Opened
    ) throws(PenstockError) -> (opened: Opened, notes: [String]) {
        let candidates = try engines.candidates()
        try engines.file.checkIntegrity()
        var trials = EngineTrials(shelf)
        for (place, kind) in candidates.enumerated() {
            do throws(PenstockError) {
                let engine = try shelf.open(kind)
                let model = try engine.read(engines.file, engines.tensors)
                try engines.check(model.description, of: kind, before: candidates[(place + 1)...])
                return (try use(engine, model), trials.notes(inPlace: kind))
            } catch {
                try trials.passOver(kind, error)
            }
        }
        throw trials.verdict
    }

    private mutating func passOver(_ kind: EngineKind, _ error: PenstockError) throws(PenstockError) {
        let failure = Failure(kind: kind, error: error)
        guard Self.mendable.contains(error.code) else { throw Self.joined([failure] + failures) }
        if error.code == .engineMissing {
            absences.append(failure)
        } else {
            failures.append(failure)
        }
    }

    private func notes(inPlace kind: EngineKind) -> [String] {
        failures.map {
            "\(kind.product) runs the model in place of \($0.kind.product), which could not. \($0.error.message)"
        }
    }

    /// Why no engine runs the model: the best one's reason first.
    private var verdict: PenstockError {
        guard !failures.isEmpty else {
            return absences.first?.error
                ?? PenstockError(.engineMissing, at: .configure, "No engine reads models of this format.")
        }
        var error = Self.joined(failures)
        for other in absences {
            error.message += " \(other.kind.product) reads such models too; `\(other.kind.installation)` installs it."
        }
        return error
    }

    /// The first failure, with what the others add to it.
    private static func joined(_ failures: [Failure]) -> PenstockError {
        var error = failures[0].error
        for other in failures.dropFirst() where other.error.message != failures[0].error.message {
            error.message += " \(other.kind.product) was tried as well. \(other.error.message)"
        }
        return error
    }
}
