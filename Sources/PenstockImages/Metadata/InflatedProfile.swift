internal import Libdeflate

/// The profile in a PNG: a name, a NUL, the method of compression, and what zlib made of the profile.
enum InflatedProfile {
    private static let longestName = 79
    /// Deflate makes at most about so many bytes of one.
    private static let mostPerByte = 1032

    /// Reads the content of an `iCCP` chunk.
    static func read(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> [UInt8]? {
        let last = min(start + longestName, end)
        guard start < last, let name = (start...last).first(where: { bytes.byte(at: $0) == 0 }) else { return nil }
        guard bytes.byte(at: name + 1) == 0, name + 2 < end, end <= bytes.count else { return nil }
        return inflate(bytes.extracting(name + 2..<end))
    }

    private static func inflate(_ packed: Span<UInt8>) -> [UInt8]? {
        guard packed.count <= ColorProfile.mostBytes else { return nil }
        guard let inflater = unsafe libdeflate_alloc_decompressor() else { return nil }
        // The decompressor was just made, and nothing keeps it.
        defer { unsafe libdeflate_free_decompressor(inflater) }
        let most = min(ColorProfile.mostBytes, packed.count * mostPerByte)
        var room = min(most, max(1 << 12, 4 * packed.count))
        while true {
            var result = LIBDEFLATE_BAD_DATA
            let profile = unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
                // Both buffers are as long as is said, and live through the call.
                result = unsafe packed.withUnsafeBufferPointer {
                    unsafe libdeflate_zlib_decompress(
                        inflater,
                        $0.baseAddress,
                        $0.count,
                        target.baseAddress,
                        target.count,
                        &count
                    )
                }
                if result != LIBDEFLATE_SUCCESS { count = 0 }
            }
            if result == LIBDEFLATE_SUCCESS { return profile }
            guard result == LIBDEFLATE_INSUFFICIENT_SPACE, room < most else { return nil }
            room = min(most, 4 * room)
        }
    }
}
