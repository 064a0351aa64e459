import PenstockCore

/// A chunk of a PNG that is being written: a length, a name, the content, and a sum over both.
struct WrittenPNGChunk {
    /// The most bytes that one chunk may hold.
    static let limit = Int(Int32.max)
    private let start: Int

    /// Starts a chunk at the end of a file.
    init(_ name: StaticString, in file: EncodedBytes) throws(PenstockError) {
        start = file.count
        try file.appendZeros(4)
        try file.append(name)
    }

    /// How many bytes of content there are by now.
    func count(in file: EncodedBytes) -> Int { file.count - start - 8 }

    /// Fills in the length, and adds the sum.
    func end(in file: EncodedBytes) throws(PenstockError) {
        precondition(count(in: file) <= Self.limit, "a PNG's chunk holds no more than its length can say")
        file.replace(at: start, with: UInt32(count(in: file)).bigBytes)
        // The range lies in the file, whose bytes stay where they are for the length of the call.
        let sum = unsafe Checksum.crc32(UnsafeRawBufferPointer(rebasing: file.bytes[(start + 4)...]))
        try file.appendBig(sum)
    }
}
