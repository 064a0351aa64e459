internal import Libdeflate
import PenstockCore

/// Compresses bytes that are all at hand into zlib's format. One thread uses it.
@safe final class ZlibCompressor {
    private let handle: OpaquePointer

    /// Makes a compressor of a level from 1 to 12.
    init(level: Int) throws(PenstockError) {
        guard let handle = unsafe libdeflate_alloc_compressor(Int32(level)) else {
            throw PenstockError(.tooLarge, at: .write, "There is no memory to compress at level \(level). Lower it.")
        }
        unsafe self.handle = handle
    }

    deinit {
        // The compressor came from `libdeflate_alloc_compressor`, and nobody else has it.
        unsafe libdeflate_free_compressor(handle)
    }

    /// The most bytes that `count` bytes can become.
    func bound(_ count: Int) -> Int {
        // The compressor is alive.
        unsafe libdeflate_zlib_compress_bound(handle, count)
    }

    /// Adds the compressed form of bytes to a file.
    func compress(_ bytes: UnsafeRawBufferPointer, into file: EncodedBytes) throws(PenstockError) {
        let room = bound(bytes.count)
        let target = try unsafe file.reserve(room)
        // There is room for as much as the bytes can become, so this does not fail.
        let count = unsafe libdeflate_zlib_compress(handle, bytes.baseAddress, bytes.count, target, room)
        precondition(count > 0, "compressed bytes fit in their bound")
        file.advance(count)
    }

    /// Compresses bytes into no more than `limit` bytes of memory that is kept; nothing, where they take more.
    @unsafe
    func compress(
        _ bytes: UnsafeRawBufferPointer,
        to limit: Int,
        in memory: GrowableBuffer
    ) throws(PenstockError) -> UnsafeRawBufferPointer? {
        let target = try unsafe memory.reserve(limit)
        // The memory holds `limit` bytes, and the call writes no more.
        let count = unsafe libdeflate_zlib_compress(handle, bytes.baseAddress, bytes.count, target, limit)
        return count > 0 ? unsafe UnsafeRawBufferPointer(start: target, count: count) : nil
    }
}

/// Compressors of all levels, each made when it is first used and then kept.
final class ZlibCompressors {
    /// The levels that there are; 0, at which nothing is compressed, needs no compressor.
    static let levels = 0...12
    private var made = [ZlibCompressor?](repeating: nil, count: levels.upperBound + 1)

    /// The compressor of a level from 1 to 12.
    func level(_ level: Int) throws(PenstockError) -> ZlibCompressor {
        if let compressor = made[level] { return compressor }
        let compressor = try ZlibCompressor(level: level)
        made[level] = compressor
        return compressor
    }

    /// Refuses a level that does not exist.
    static func check(_ level: Int, of format: PictureFormat) throws(PenstockError) {
        guard !levels.contains(level) else { return }
        let message = "A \(format) cannot be compressed at level \(level): levels go from 0 to \(levels.upperBound)."
        throw PenstockError(.invalidConfiguration, at: .write, message)
    }
}
