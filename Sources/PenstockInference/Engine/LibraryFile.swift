internal import PenstockCore

/// A shared library as a file, looked at before it is opened.
///
/// The loader maps what the file's own header promises. Where the file ends before that, as after an interrupted download
/// or on a full disk, touching the missing part ends the process.
enum LibraryFile {
    /// Whether every part that would be loaded lies inside the file; `true` for what is no 64-bit ELF file, which the
    /// loader refuses in its own words.
    static func isWhole(_ path: FilePath) -> Bool {
        guard let file = try? MappedFile(path) else { return true }
        // The mapping lasts for the call.
        return unsafe file.withBytes { unsafe isWhole($0) }
    }

    private static func isWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let magic: [UInt8] = [0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F"), 2]
        guard bytes.count >= headerSize, unsafe bytes.prefix(magic.count).elementsEqual(magic) else { return true }
        // Within the header, which was just found to be there.
        let table = unsafe bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
        let count = unsafe UInt64(bytes.loadUnaligned(fromByteOffset: 56, as: UInt16.self))
        let size = UInt64(bytes.count)
        guard table <= size, count * programHeaderSize <= size - table else { return false }
        return (0..<count).allSatisfy { index in
            let start = Int(table + index * programHeaderSize)
            // Within the table, which was just found to be there.
            let offset = unsafe bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
            let length = unsafe bytes.loadUnaligned(fromByteOffset: start + 32, as: UInt64.self)
            return offset <= size && length <= size - offset
        }
    }

    private static let headerSize = 64
    private static let programHeaderSize: UInt64 = 56
}
