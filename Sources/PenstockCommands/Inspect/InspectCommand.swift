internal import Penstock
internal import PenstockCore

/// `penstock inspect`: what a model or a picture is, and the contract that would apply.
package struct InspectCommand: Command {
    package static let name = "inspect"
    package static let summary = "show what a model or a picture is"
    package static let description = """
        For a model: its inputs and outputs, the preprocessing and the labels that would apply, and where each of these \
        was found; or what is missing. For a picture: its format, size and orientation.
        """
    package static let operand: OperandDescription? = InspectOptions.operand
    package static let options = InspectOptions.descriptions
    package static let examples = [
        CommandExample("inspect model.onnx", "What the model takes, and what is known about it."),
        CommandExample("inspect model.onnx --preset imagenet --format json", "The same with a preset, for a program."),
        CommandExample("inspect photo.jpg", "What a picture is."),
    ]

    let options: InspectOptions

    package init(parsing arguments: ParsedArguments) throws(UsageError) {
        options = try InspectOptions(arguments)
        _ = try options.contract.checkedFlags()
    }

    package func run(in environment: CommandEnvironment) async -> ExitCode {
        var code = ExitCode.success
        for input in options.inputs {
            do {
                let (text, isComplete) = try await inspection(of: input)
                let printed = environment.print(text)
                guard printed == .success else { return printed }
                if !isComplete { code = .someFailed }
            } catch let error as PenstockError {
                environment.report("\(input): \(error.message)")
                code = options.inputs.count == 1 ? .couldNotStart : .someFailed
            } catch {
                return .couldNotStart
            }
        }
        return code
    }

    private func inspection(of input: FilePath) async throws -> (text: String, isComplete: Bool) {
        guard ModelFile.mayBeModel(input) else {
            let report = PictureReport(input, try await PictureInspection(file: input))
            return (report.text(options.format), true)
        }
        let flags = try options.contract.flags()
        let inspection = try await ModelInspection(model: input, engine: options.engine.engine, contract: flags)
        let isComplete = if case .success = inspection.contract { true } else { false }
        return (ModelReport(inspection).text(options.format), isComplete)
    }
}
