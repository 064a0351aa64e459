internal import Glibc

/// A file's bytes, mapped rather than read: only the pages that are looked at cost memory.
///
/// Every access is checked against the length that the file had when it was opened. A file that another process cuts
/// short meanwhile ends this one, as it does with any program that maps files, the engines included.
@safe package final class MappedFile {
    private let memory: UnsafeRawBufferPointer
    /// The number of bytes.
    package let count: Int

    /// Maps a file.
    package init(_ path: FilePath) throws(PenstockError) {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        // `fstat` fills the local structure and keeps nothing.
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemFailure.reading(path, errno) }
        count = status.st_size
        guard count > 0 else {
            unsafe memory = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard unsafe address != MAP_FAILED else { throw SystemFailure.reading(path, errno) }
        // The mapping is as long as asked for, and lives until `deinit`.
        unsafe memory = UnsafeRawBufferPointer(start: address, count: count)
    }

    deinit {
        // The address and length are those of the mapping, which nothing else ends.
        if let address = unsafe memory.baseAddress { unsafe munmap(UnsafeMutableRawPointer(mutating: address), count) }
    }

    /// Calls `body` with the file's bytes, valid only inside it.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(memory)
    }

    /// The byte at an offset; `nil` outside the file.
    package subscript(offset: Int) -> UInt8? {
        guard offset >= 0, offset < count else { return nil }
        // The offset was checked.
        return unsafe memory[offset]
    }

    /// The bytes of a range, copied; `nil` where it does not lie within the file.
    package func bytes(_ range: Range<Int>) -> [UInt8]? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        // The range was checked.
        return unsafe Array(memory[range])
    }

    /// A little-endian integer; `nil` where it does not lie within the file.
    package func integer<Value: FixedWidthInteger>(at offset: Int, as type: Value.Type) -> Value? {
        guard offset >= 0, offset <= count - MemoryLayout<Value>.size else { return nil }
        // The offset was checked, and integers have no invalid bits.
        return unsafe Value(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// Where a word last stands within a range; the search goes backwards and stops at the first that it meets.
    package func lastOffset(of word: [UInt8], in range: Range<Int>) -> Int? {
        var offset = min(range.upperBound, count) - word.count
        while offset >= max(0, range.lowerBound) {
            if holds(word, at: offset) { return offset }
            offset -= 1
        }
        return nil
    }

    private func holds(_ word: [UInt8], at offset: Int) -> Bool {
        for (index, byte) in word.enumerated() where self[offset + index] != byte { return false }
        return true
    }
}
