internal import Penstock
internal import PenstockCore
internal import PenstockFlow
internal import PenstockInference

/// `penstock doctor`: finds out how a model wants its pictures prepared.
package struct DoctorCommand: Command {
    package static let name = "doctor"
    package static let summary = "find out how a model wants its pictures prepared"
    package static let description = """
        Shows a model the same pictures prepared in many ways (normalisations, colour orders, fits) and weighs what it says of \
        them. Tells whether that disagrees with what is declared, how sure that is, and which options would set it right. \
        Exits with 0 when they agree or nothing can be told, with 1 when something else than what is declared is clearly \
        better, or stands out where nothing is declared.
        """
    package static let operand: OperandDescription? = DoctorOptions.operand
    package static let options = DoctorOptions.descriptions
    package static let examples = [
        CommandExample("doctor model.onnx photos/", "Is what is declared right? What should be, if nothing is?"),
        CommandExample("doctor model.onnx photos/ --preset imagenet", "Is what I do today right?"),
        CommandExample("doctor model.onnx photos/ --write", "Save the answer beside the model."),
    ]

    let options: DoctorOptions

    package init(parsing arguments: ParsedArguments) throws(UsageError) {
        options = try DoctorOptions(arguments)
        _ = try options.contract.checkedFlags()
    }

    package func run(in environment: CommandEnvironment) async -> ExitCode {
        await environment.carryOut {
            let doctor = try await Doctor(model: options.model, configuration: try options.session())
            for note in doctor.session.notes { environment.report(note) }
            let place = PenstockFile.place(beside: doctor.session.model)
            if options.writes { try options.checkPlace(place) }
            let diagnosis = try await doctor.examine(options.source, options: try options.examination())
            let printed = environment.print(DoctorReport(diagnosis, doctor, options).text)
            guard printed == .success else { return printed }
            if options.writes { try await write(diagnosis, to: place, in: environment) }
            return diagnosis.callsForChange ? .someFailed : .success
        }
    }

    private func write(_ diagnosis: Diagnosis, to place: FilePath, in environment: CommandEnvironment) async throws {
        guard let candidate = diagnosis.recommended ?? (options.forces ? diagnosis.findings.first?.candidate : nil)
        else {
            throw PenstockError(
                .invalidConfiguration,
                at: .write,
                "Nothing was written, since no candidate stands out. Say --force to save the best of them all the same."
            )
        }
        try await DedicatedThread.run { [forces = options.forces] () throws(PenstockError) in
            try PenstockFile.write(candidate.preprocessing, to: place, replacing: forces)
        }
        environment.report("\(place) now says: \(candidate).")
    }
}

extension DoctorOptions {
    /// The pictures and videos.
    var source: PictureSource { .arguments(inputs, separator: pictures.separator) }

    /// How the model is to be opened.
    func session() throws(PenstockError) -> Session.Configuration {
        try engine.configuration(contract: contract)
    }

    /// What is looked at.
    func examination() throws(PenstockError) -> Doctor.Options {
        var options = Doctor.Options()
        options.sample = sample
        options.maxPixels = pictures.maxPixels ?? options.maxPixels
        options.allowsTruncated = pictures.allowsTruncated
        options.timeout = pictures.timeout
        return options
    }

    /// Makes sure, before the work, that the file may be written.
    func checkPlace(_ place: FilePath) throws(PenstockError) {
        guard forces || !FileSystem.exists(place) else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(place) exists already. Say --force to change what it says of preprocessing; its labels and its size stay."
            )
        }
        try AtomicFile.checkPlace(of: place)
    }
}

extension Diagnosis {
    /// Whether somebody should do something about the contract.
    var callsForChange: Bool {
        switch verdict {
        case .disagrees, .standsOut: true
        case .agrees, .unclear: false
        }
    }
}
