public import PenstockCore

/// A model on disk: the path that was named, and the file or folder in it that an engine reads.
public struct ModelFile: Hashable, Sendable {
    /// The formats that are told apart.
    public enum Format: String, Hashable, Sendable {
        /// OpenVINO's own, a `.xml` with a `.bin` beside it.
        case openvinoIR = "OpenVINO IR"
        /// An `.onnx` file.
        case onnx = "ONNX"
        /// A folder with a `saved_model.pb`.
        case savedModel = "TensorFlow SavedModel"
        /// A frozen TensorFlow graph.
        case frozenGraph = "TensorFlow frozen graph"
        /// A `.tflite` file.
        case tflite = "TensorFlow Lite"
    }

    /// What the engine reads.
    public let path: FilePath
    /// What was named on the command line.
    public let named: FilePath
    /// The format, from what is there and, for single files, the name.
    public let format: Format

    /// Finds the model that a path names.
    ///
    /// The path may be a model file, a SavedModel folder, or a folder that holds one model, such as one that comes from
    /// a model hub.
    ///
    /// - Throws: When nothing is there, or nothing in it is a model.
    public init(_ path: FilePath) throws(PenstockError) {
        named = path
        switch FileSystem.kind(path) {
        case .regular:
            self.path = path
            format = try Self.fileFormat(path)
        case .directory:
            (self.path, format) = try Self.find(in: path)
        case .other:
            throw PenstockError(.notAFile, at: .configure, "\(path) is neither a file nor a folder; name a model file.")
        case nil:
            throw PenstockError(
                .notFound,
                at: .configure,
                "There is no model at \(path); check the path after --model."
            )
        }
    }
}

extension ModelFile {
    /// The folder in which files that belong to the model are looked for.
    package var folder: FilePath { FileSystem.isDirectory(named) ? named : named.parent }

    /// What single files of each format are called.
    private static let extensions: [String: Format] = [
        "xml": .openvinoIR, "onnx": .onnx, "pb": .frozenGraph, "tflite": .tflite,
    ]

    private static func fileFormat(_ path: FilePath) throws(PenstockError) -> Format {
        if let format = extensions[path.lowercasedExtension] { return format }
        throw PenstockError(
            .unsupported,
            at: .configure,
            "\(path) is not a model that can be read: name an .xml (OpenVINO IR), .onnx, .tflite or frozen .pb file, "
                + "or a SavedModel folder."
        )
    }

    /// The names by which tools leave a model in a folder, best first.
    private static let usualNames: [(name: String, format: Format)] = [
        ("saved_model.pb", .savedModel),
        ("openvino_model.xml", .openvinoIR),
        ("model.xml", .openvinoIR),
        ("model.onnx", .onnx),
        ("onnx/model.onnx", .onnx),
        ("model.tflite", .tflite),
    ]

    private static func find(in folder: FilePath) throws(PenstockError) -> (FilePath, Format) {
        for (name, format) in usualNames where FileSystem.exists(folder.appending(name)) {
            return (format == .savedModel ? folder : folder.appending(name), format)
        }
        let models = FileSystem.names(in: folder).map { folder.appending($0) }
            .filter { extensions[$0.lowercasedExtension] != nil }.sorted()
        guard let only = models.first else {
            throw PenstockError(
                .notFound,
                at: .configure,
                "\(folder) holds no model (.xml, .onnx, .tflite, saved_model.pb)."
            )
        }
        guard models.count == 1 else {
            let names = models.map { String(decoding: $0.lastComponent, as: UTF8.self) }.joined(separator: ", ")
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(folder) holds several models (\(names)); name one."
            )
        }
        return (only, try fileFormat(only))
    }
}

extension ModelFile {
    /// Whether other models lie in the folder, going by their names; the same one in another format is none.
    package var hasOthersBeside: Bool {
        FileSystem.names(in: folder).map { folder.appending($0) }.contains { other in
            Self.extensions[other.lowercasedExtension] != nil && !Self.stem(other).elementsEqual(Self.stem(path))
        }
    }

    private static func stem(_ path: FilePath) -> ArraySlice<UInt8> {
        path.lastComponent.dropLast(path.lowercasedExtension.utf8.count + 1)
    }

    /// Whether a path, going by its name or by being a folder, is meant as a model.
    public static func mayBeModel(_ path: FilePath) -> Bool {
        FileSystem.isDirectory(path) || extensions[path.lowercasedExtension] != nil
    }
}
