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
            case .onnx, .frozenGraph, .savedModel: unsafe ProtobufOutline.isWhole(bytes)
            case .openvinoIR: unsafe Self.isWholeXML(bytes)
            case .tflite: unsafe bytes.count > 8 && bytes[4..<8].elementsEqual("TFL3".utf8)
            }
        }
        guard isWhole else {
            throw PenstockError(
                .modelUnreadable,
                at: .configure,
                "\(named) is not a whole \(format.rawValue) model: the file is damaged, cut short or of another kind. "
                    + "Export or download it again."
            )
        }
    }

    private static func isWholeXML(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let head = unsafe String(decoding: bytes.prefix(4096), as: UTF8.self)
        let tail = unsafe String(decoding: bytes.suffix(64), as: UTF8.self)
        return head.contains("<net") && tail.contains("</net>")
    }
}

/// The outermost fields of a protocol buffer.
private enum ProtobufOutline {
    /// Whether the fields fill the bytes exactly.
    static func isWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < bytes.count {
            guard let tag = unsafe varint(bytes, &position), tag >> 3 > 0 else { return false }
            switch tag & 7 {
            case 0: guard unsafe varint(bytes, &position) != nil else { return false }
            case 1: position += 8
            case 2:
                guard let length = unsafe varint(bytes, &position), length <= bytes.count - position else {
                    return false
                }
                position += Int(length)
            case 5: position += 4
            default: return false
            }
        }
        return position == bytes.count && position > 0
    }

    /// Reads a number of at most ten bytes, within bounds.
    private static func varint(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = unsafe bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
