import Foundation
import PenstockCore

@testable import PenstockInference

/// A folder with a model that no engine need read, and the files that are put beside it; gone with the object.
final class ModelFolder {
    let url: URL
    let model: URL

    init(model name: String = "model.onnx", _ content: [UInt8] = [], _ files: [String: String] = [:]) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "penstock-contract-\(UUID().uuidString)")
        model = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: model.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(content).write(to: model)
        for (name, text) in files { try Data(text.utf8).write(to: url.appending(path: name)) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Adds the files of a fixture.
    convenience init(fixture: String, _ files: [String: String] = [:]) throws {
        try self.init([], files)
        let folder = Bundle.module.url(forResource: "Fixtures/Contract/\(fixture)", withExtension: nil)!
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            try FileManager.default.copyItem(at: file, to: url.appending(path: file.lastPathComponent))
        }
    }

    convenience init(_ content: [UInt8], _ files: [String: String]) throws {
        try self.init(model: "model.onnx", content, files)
    }

    /// Resolves the contract of the model in the folder.
    func contract(
        _ description: ModelDescription,
        asDefaults: Bool = false,
        _ change: (inout ContractFlags) throws -> Void = { _ in }
    ) throws -> Contract {
        var flags = ContractFlags()
        try change(&flags)
        return try Contract.resolve(
            try ModelFile(FilePath(model.path)),
            description,
            flags: flags,
            asDefaults: asDefaults
        )
    }
}

extension ModelDescription {
    /// A classifier with one input and one output.
    static func classifier(
        _ input: [Int?] = [1, 3, 224, 224],
        type: String = "float32",
        output: [Int?] = [1, 3],
        outputType: String = "float32"
    ) -> ModelDescription {
        ModelDescription(
            inputs: [TensorDescription(name: "pixels", shape: input, elementType: type)],
            outputs: [TensorDescription(name: "scores", shape: output, elementType: outputType)]
        )
    }
}

extension Contract {
    /// What declared a field.
    func source(_ field: String) -> String { origins.first { $0.field == field }?.source ?? "" }
}

/// The message of what a call throws; empty when it throws nothing.
func message(_ call: () throws -> Void) -> String {
    do {
        try call()
        return ""
    } catch {
        return (error as? PenstockError)?.message ?? "\(error)"
    }
}
