internal import PenstockCore

extension CommandEnvironment {
    /// Does a command's work, and says what ended it where that is not its end.
    func carryOut(_ work: () async throws -> ExitCode) async -> ExitCode {
        do {
            return try await work()
        } catch let error as PenstockError {
            if error.code == .closedPipe { return .success }
            report(error.message)
        } catch {
            report("\(error)")
        }
        return .couldNotStart
    }
}
