internal import Glibc
package import PenstockCore

extension ModelFile {
    /// Makes sure that the file begins and ends as its format does.
    ///
    /// An engine that is given a damaged file tries every format it knows, and says so at length on standard error.
    ///
    /// - Throws: When the file is cut short, empty, or of another kind.
    package func checkIntegrity() throws(PenstockError) {
        let file = try MappedFile(format == .savedModel ? path.appending("saved_model.pb") : path)
        if let advice = format.adviceBeyondMost, file.count > Self.mostOfProtobuf { throw tooLarge(file.count, advice) }
        let isWhole = unsafe file.withBytes { bytes in
            switch format {
            case .onnx, .frozenGraph, .savedModel: ProtobufMessage(file).isWhole
            case .openvinoIR: unsafe Self.isWholeXML(bytes)
            case .tflite: unsafe bytes.count > 8 && bytes[4..<8].elementsEqual("TFL3".utf8)
            }
        }
        guard isWhole else { throw notWhole }
    }

    /// The most bytes that a protocol buffer may have, which every engine holds to.
    private static let mostOfProtobuf = Int(Int32.max)

    private func tooLarge(_ count: Int, _ advice: String) -> PenstockError {
        PenstockError(
            .tooLarge,
            at: .configure,
            "\(named) has \(count) bytes in one piece, and no engine reads more than 2 GB of \(format.article) model so. "
                + advice
        )
    }

    /// The refusal of a file whose bytes are not those of its format.
    var notWhole: PenstockError {
        PenstockError(
            .modelUnreadable,
            at: .configure,
            "\(named) is not a whole \(format.rawValue) model: the file is damaged, cut short or of another kind. "
                + "Export or download it again."
        )
    }

    private static func isWholeXML(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let head = unsafe String(decoding: bytes.prefix(4096), as: UTF8.self)
        let tail = unsafe String(decoding: bytes.suffix(64), as: UTF8.self)
        return head.contains("<net") && tail.contains("</net>")
    }
}

extension ModelFile.Format {
    /// How a model is exported that has more bytes than a protocol buffer can hold; `nil` for other formats.
    fileprivate var adviceBeyondMost: String? {
        switch self {
        case .onnx: "Export it with external data, which keeps the weights in a file beside it."
        case .savedModel: "Export it with its weights as variables, which lie in files of their own."
        case .frozenGraph: "Export the model as a SavedModel, which keeps its weights apart."
        case .openvinoIR, .tflite: nil
        }
    }
}
