internal import PenstockCore
internal import PenstockImages

extension Checksum {
    /// The CRC-32 of a file's bytes.
    static func crc32(of path: FilePath) throws(PenstockError) -> UInt32 {
        // The mapping lives for the length of the call.
        unsafe try MappedFile(path).withBytes { unsafe crc32($0) }
    }
}
