internal import PenstockCore

/// The files packed behind a TensorFlow Lite model: a ZIP archive at the end of the file.
///
/// Only what TensorFlow Lite's own tools write is read: files stored as they are.
struct ZipArchive {
    private static let entryLimit = 16 << 20
    private static let endSignature: [UInt8] = [0x50, 0x4B, 5, 6]
    private static let directorySignature: UInt32 = 0x0201_4B50
    private static let fileSignature: UInt32 = 0x0403_4B50

    private let file: MappedFile
    private let end: Int
    private let directory: Int
    /// What is added to the archive's own offsets, which may count from its start or from that of the file.
    private let base: Int

    /// Finds the archive; `nil` when the file has none.
    init?(_ file: MappedFile) {
        // The end record is followed by a comment of up to 65,535 bytes.
        guard let end = file.lastOffset(of: Self.endSignature, in: (file.count - 65_557)..<file.count),
            let size = file.integer(at: end + 12, as: UInt32.self),
            let offset = file.integer(at: end + 16, as: UInt32.self)
        else { return nil }
        self.file = file
        self.end = end
        directory = end - Int(size)
        base = directory - Int(offset)
        guard directory >= 0, base >= 0 else { return nil }
    }

    /// The content of a file in the archive; `nil` when there is none of that name.
    func content(_ name: String) throws(PenstockError) -> [UInt8]? {
        var entry = directory
        while entry < end, file.integer(at: entry, as: UInt32.self) == Self.directorySignature {
            let length = try integer(entry + 28)
            if let bytes = file.bytes((entry + 46)..<(entry + 46 + length)), bytes == Array(name.utf8) {
                return try content(entry, name)
            }
            entry += 46 + length + (try integer(entry + 30)) + (try integer(entry + 32))
        }
        return nil
    }

    private func content(_ entry: Int, _ name: String) throws(PenstockError) -> [UInt8] {
        guard try integer(entry + 10) == 0 else {
            throw refusal(
                "\(name) inside the model is compressed, which is not supported; unpack it with unzip and name it with --labels."
            )
        }
        guard let size = file.integer(at: entry + 24, as: UInt32.self), size <= Self.entryLimit,
            let offset = file.integer(at: entry + 42, as: UInt32.self),
            file.integer(at: base + Int(offset), as: UInt32.self) == Self.fileSignature
        else { throw damaged }
        let header = base + Int(offset)
        let start = header + 30 + (try integer(header + 26)) + (try integer(header + 28))
        guard let bytes = file.bytes(start..<(start + Int(size))) else { throw damaged }
        return bytes
    }

    private func integer(_ offset: Int) throws(PenstockError) -> Int {
        guard let value = file.integer(at: offset, as: UInt16.self) else { throw damaged }
        return Int(value)
    }

    private var damaged: PenstockError {
        PenstockError(.corrupt, at: .configure, "The archive at the end of the model is damaged.")
    }
}
