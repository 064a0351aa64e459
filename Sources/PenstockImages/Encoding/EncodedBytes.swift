package import PenstockCore

/// The bytes of a file on its way to be written: one worker fills them, again and again, in memory that it keeps.
@safe package final class EncodedBytes {
    private let memory = GrowableBuffer()
    /// How many bytes there are.
    package private(set) var count = 0

    package init() {}

    /// The bytes, until the next change.
    package var bytes: UnsafeRawBufferPointer {
        // The memory holds at least `count` bytes.
        unsafe UnsafeRawBufferPointer(start: memory.base, count: count)
    }

    /// Forgets the bytes, and keeps the memory unless it is more than pictures usually need.
    package func removeAll() {
        count = 0
        memory.trim()
    }

    /// Forgets the last bytes.
    package func removeLast(_ some: Int) {
        precondition(some >= 0 && some <= count, "no more bytes are forgotten than there are")
        count -= some
    }

    /// Adds a few bytes.
    package func append(_ more: some Collection<UInt8>) throws(PenstockError) {
        let added = more.count
        let target = try unsafe reserve(added)
        // There is room for `added` bytes behind those that are there.
        _ = unsafe UnsafeMutableRawBufferPointer(start: target, count: added).initializeMemory(
            as: UInt8.self,
            from: more
        )
        count += added
    }

    /// Makes room for `more` bytes behind those that are there, and says where; `advance` then counts what was written.
    package func reserve(_ more: Int) throws(PenstockError) -> UnsafeMutableRawPointer {
        if count + more > memory.capacity || memory.capacity == 0 {
            _ = try unsafe memory.enlarge(to: max(count + more, 2 * count), keeping: count)
        }
        // The memory holds `count + more` bytes.
        return unsafe memory.base! + count
    }

    /// Writes over bytes that are there.
    package func replace(at offset: Int, with more: some Collection<UInt8>) {
        precondition(offset >= 0 && offset + more.count <= count, "only bytes that are there are replaced")
        // The memory holds `count` bytes, and the range was just checked.
        let target = unsafe UnsafeMutableRawBufferPointer(start: memory.base, count: count)
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + more.count]).copyBytes(from: more)
    }

    /// Counts bytes that were written where `reserve` had made room.
    package func advance(_ more: Int) {
        precondition(count + more <= memory.capacity, "more was written than there was room for")
        count += more
    }
}
