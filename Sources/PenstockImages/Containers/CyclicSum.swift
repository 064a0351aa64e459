import CFFmpeg

/// The 32-bit cyclic redundancy check of PNG, zip and Ethernet.
enum CyclicSum {
    /// The sum of a range of bytes.
    static func of(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt32 {
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { range in
            // FFmpeg's table is a constant of the process; the range is readable within this closure.
            unsafe ~av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), ~0, range.baseAddress, range.count)
        }
    }
}
