/// A block of memory that only ever grows, so that a worker stops allocating once it has seen its largest picture.
@safe
final class ScratchMemory {
    private static let alignment = 64
    private var buffer: UnsafeMutableRawBufferPointer

    /// Makes an empty block.
    init() {
        unsafe buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    /// Gives at least `byteCount` bytes, aligned for any vector; what was in them before may be lost.
    ///
    /// The pointer holds until the next call, or until this object goes.
    @unsafe
    func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer {
        if unsafe buffer.count < max(1, byteCount) { grow(to: byteCount) }
        // A buffer that holds a byte has an address.
        return unsafe buffer.baseAddress!
    }

    /// An eighth more than asked for, so that pictures a little larger each time do not each cost an allocation.
    private func grow(to byteCount: Int) {
        unsafe buffer.deallocate()
        unsafe buffer = .allocate(byteCount: byteCount + byteCount / 8 + Self.alignment, alignment: Self.alignment)
    }

    /// Gives memory back that is more than `byteCount` bytes.
    func trim(to byteCount: Int) {
        guard unsafe buffer.count > byteCount else { return }
        unsafe buffer.deallocate()
        unsafe buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        // Nothing else owns the block.
        unsafe buffer.deallocate()
    }
}
