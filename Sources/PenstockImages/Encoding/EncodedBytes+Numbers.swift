internal import PenstockCore

/// Numbers as files hold them.
extension EncodedBytes {
    /// Adds four bytes, high first.
    func appendBig(_ number: UInt32) throws(PenstockError) { try append(number.bigBytes) }

    /// Adds four bytes, low first.
    func appendLittle(_ number: UInt32) throws(PenstockError) { try append(number.littleBytes) }

    /// Adds two bytes, low first.
    func appendLittle(_ number: UInt16) throws(PenstockError) {
        try append(CollectionOfOne(UInt8(truncatingIfNeeded: number)))
        try append(CollectionOfOne(UInt8(number >> 8)))
    }

    /// Adds the text's bytes.
    func append(_ text: StaticString) throws(PenstockError) {
        // A static string's bytes are constants of the program.
        try unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Adds a number of zeros.
    func appendZeros(_ count: Int) throws(PenstockError) {
        try append(repeatElement(0, count: count))
    }
}

extension UInt32 {
    /// The four bytes, high first.
    var bigBytes: FourBytes { FourBytes(self) }
    /// The four bytes, low first.
    var littleBytes: FourBytes { FourBytes(byteSwapped) }
}

/// Four bytes without memory of their own.
struct FourBytes: RandomAccessCollection {
    private let number: UInt32

    /// The bytes of a number, high first.
    init(_ number: UInt32) {
        self.number = number
    }

    var startIndex: Int { 0 }
    var endIndex: Int { 4 }

    subscript(index: Int) -> UInt8 { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32(index))) }
}
