internal import Penstock
internal import PenstockCore

/// `penstock inspect`: what a model, a picture or a video is, and the contract that would apply.
package struct InspectCommand: Command {
    package static let name = "inspect"
    package static let summary = "show what a model, a picture or a video is"
    package static let description = """
        For a model: its inputs and outputs, the preprocessing and the labels that would apply, and where each of these \
        was found; or what is missing. For a picture: its format, size and orientation. For a video, a stream or a camera: its \
        container, codec, size, colours, rate, length and sound, as it says itself.
        """
    package static let operand: OperandDescription? = InspectOptions.operand
    package static let options = InspectOptions.descriptions
    package static let examples = [
        CommandExample("inspect model.onnx", "What the model takes, and what is known about it."),
        CommandExample("inspect model.onnx --preset imagenet --format json", "The same with a preset, for a program."),
        CommandExample("inspect photo.jpg", "What a picture is."),
        CommandExample("inspect clip.mp4", "What a video is."),
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
            return (try await report(onMedia: input), true)
        }
        let flags = try options.contract.flags()
        let inspection = try await ModelInspection(
            model: input,
            engine: options.engine,
            tensors: options.tensors,
            contract: flags
        )
        let isComplete = if case .success = inspection.contract { true } else { false }
        return (ModelReport(inspection).text(options.format), isComplete)
    }

    private func report(onMedia input: FilePath) async throws -> String {
        switch try await MediaInspection(input) {
        case .picture(let picture): PictureReport(input, picture).text(options.format)
        case .video(let video): VideoReport(input, video).text(options.format)
        }
    }
}
