internal import Penstock
internal import PenstockCore
internal import PenstockInference

/// The models of a job, open, under their names.
struct OpenModels: Sendable {
    let names: [String]
    let sessions: [Session]
    let panel: Panel

    /// Opens the models that the command line names.
    ///
    /// - Throws: What is wrong with one of them, which is named where there are several.
    static func open(_ options: ClassifyOptions) async throws -> OpenModels {
        let models = options.models
        if models.count == 1 {
            let session = try await Session(model: models[0].path, configuration: options.session())
            return OpenModels(names: [""], sessions: [session], panel: session.panel)
        }
        let sessions = try await Session.open(models.map(\.path), configuration: options.session()) { place, error in
            var named = error
            named.message = "Model \(models[place].name) (\(models[place].path)): \(error.message)"
            return named
        }
        let names = models.map(\.name)
        let panel = try await Panel(zip(names, sessions).map { Panel.Member($0, $1) })
        return OpenModels(names: names, sessions: sessions, panel: panel)
    }

    /// Whether results say which model they are of.
    var areNamed: Bool { sessions.count > 1 }

    /// What a user should be told once.
    func notes(_ options: ClassifyOptions) -> [String] {
        guard areNamed else { return sessions[0].notes }
        let notes = zip(names, sessions).flatMap { name, session in session.notes.map { "\(name): \($0)" } }
        let unused = options.contract.given.filter { flag in !sessions.contains { $0.contract.isDeclared(by: flag) } }
        return notes
            + unused.map {
                "\($0) changes nothing: every model declares its own, which comes first with several models."
            }
    }
}

extension Contract {
    /// Whether an option of the command line decided any part of it.
    fileprivate func isDeclared(by flag: String) -> Bool {
        origins.contains { $0.source.split { " ,;".contains($0) }.contains { $0 == flag } }
    }
}
