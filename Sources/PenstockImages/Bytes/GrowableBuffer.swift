import Glibc
package import PenstockCore

/// Memory that is kept between pictures and grows with them: one owner, no sharing.
@safe package final class GrowableBuffer {
    /// The memory; nil before the first reservation.
    private(set) var base: UnsafeMutableRawPointer?
    /// How many bytes `base` holds.
    package private(set) var capacity = 0

    /// What may be kept between uses; the memory of one huge picture is not held for the rest of a job.
    package static let keptBytes = 64 << 20

    package init() {}

    deinit {
        // `base` came from `posix_memalign`, and nobody else has it.
        unsafe free(base)
    }

    /// Makes room for `count` bytes, whose content is not defined, and returns where they are until the next call.
    package func reserve(_ count: Int) throws(PenstockError) -> UnsafeMutableRawPointer {
        if capacity > Self.keptBytes, count <= Self.keptBytes { release() }
        if let base = unsafe base, count <= capacity { return unsafe base }
        release()
        let rounded = max(count, 4096).roundedUpForGrowth
        var made: UnsafeMutableRawPointer?
        // `made` is a local that the call fills in.
        guard unsafe posix_memalign(&made, 64, rounded) == 0, let made = unsafe made else {
            throw .outOfMemory(bytes: count)
        }
        unsafe base = made
        capacity = rounded
        return unsafe made
    }

    /// Makes room for `count` bytes, and moves the first `kept` of the old memory there.
    package func enlarge(to count: Int, keeping kept: Int) throws(PenstockError) -> UnsafeMutableRawPointer {
        let larger = GrowableBuffer()
        let destination = try unsafe larger.reserve(count)
        // Both hold at least `kept` bytes, and they are different allocations.
        if let base = unsafe base { unsafe destination.copyMemory(from: base, byteCount: kept) }
        unsafe swap(&base, &larger.base)
        swap(&capacity, &larger.capacity)
        return unsafe destination
    }

    /// Frees the memory if it is more than is kept between uses.
    package func trim() {
        if capacity > Self.keptBytes { release() }
    }

    private func release() {
        // `base` came from `posix_memalign`, and is forgotten at once.
        unsafe free(base)
        unsafe base = nil
        capacity = 0
    }
}

extension Int {
    /// A little more than this, so that pictures growing by a few bytes do not each allocate; whole pages.
    fileprivate var roundedUpForGrowth: Int {
        let (sum, overflow) = addingReportingOverflow(Swift.min(self / 4, 4 << 20) + 4095)
        return overflow ? self : sum & ~4095
    }
}
