internal import Libdeflate

/// Sums that tell whether bytes have changed.
package enum Checksum {
    /// The CRC-32 of bytes, as zlib, PNG and zip compute it.
    package static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        // The bytes are readable for the length of the call. No memory would mean no bytes only to the sum of nothing.
        unsafe bytes.isEmpty ? 0 : libdeflate_crc32(0, bytes.baseAddress, bytes.count)
    }

    /// The Adler-32 of bytes that follow those of which `sum` is the Adler-32; that of nothing is 1.
    static func adler32(_ bytes: UnsafeRawBufferPointer, after sum: UInt32 = 1) -> UInt32 {
        // As above.
        unsafe bytes.isEmpty ? sum : libdeflate_adler32(sum, bytes.baseAddress, bytes.count)
    }
}
