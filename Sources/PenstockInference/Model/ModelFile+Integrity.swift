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
        let isWhole = unsafe file.withBytes { bytes in
            switch format {
            case .onnx, .frozenGraph, .savedModel: ProtobufMessage(file).isWhole
            case .openvinoIR: unsafe Self.isWholeXML(bytes)
            case .tflite: unsafe bytes.count > 8 && bytes[4..<8].elementsEqual("TFL3".utf8)
            }
        }
        guard isWhole else { throw notWhole }
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
