/// Reads and writes numbers in the order of bytes that a TIFF structure says.
struct TIFFOrder {
    /// Whether high bytes come first.
    let isBigEndian: Bool

    func number16(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        isBigEndian ? bytes.big16(at: offset) : bytes.little16(at: offset)
    }

    func number32(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        isBigEndian ? bytes.big32(at: offset) : bytes.little32(at: offset)
    }

    /// The bytes of a 16-bit number.
    func bytes16(_ number: Int) -> [UInt8] { bytes(number, count: 2) }

    /// The bytes of a 32-bit number.
    func bytes32(_ number: Int) -> [UInt8] { bytes(number, count: 4) }

    private func bytes(_ number: Int, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (isBigEndian ? count - 1 - $0 : $0))) }
    }
}
