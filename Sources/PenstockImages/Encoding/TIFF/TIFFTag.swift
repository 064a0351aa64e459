import PenstockCore

/// An entry of a TIFF's directory that is being written: a number, and values of one type.
struct TIFFTag {
    /// The numbers of the entries that are written, rising as a directory's entries must.
    enum Name: UInt16 {
        case width = 256
        case height = 257
        case bitsPerSample = 258
        case compression = 259
        case photometric = 262
        case stripOffsets = 273
        case samplesPerPixel = 277
        case rowsPerStrip = 278
        case stripByteCounts = 279
        case horizontalResolution = 282
        case verticalResolution = 283
        case planarConfiguration = 284
        case resolutionUnit = 296
        case predictor = 317
        case extraSamples = 338
        case colorProfile = 34675
    }

    /// Values of one type.
    enum Values {
        case shorts([UInt16])
        case longs([UInt32])
        case rational(UInt32, UInt32)
        case bytes([UInt8])
    }

    let name: Name
    let values: Values

    /// Makes an entry.
    init(_ name: Name, _ values: Values) {
        self.name = name
        self.values = values
    }
}

extension TIFFTag {
    /// An entry's bytes in a directory; values that need more than four are elsewhere.
    static let entryBytes = 12
    private static let inlineBytes = 4

    /// The bytes of the values beside the directory, padded so that the next start at an even place.
    var outsideBytes: Int { byteCount > Self.inlineBytes ? byteCount + byteCount % 2 : 0 }

    /// Adds the entry, whose values are at an offset unless they fit in the entry itself.
    func append(to file: EncodedBytes, valuesAt offset: UInt32) throws(PenstockError) {
        try file.appendLittle(name.rawValue)
        try file.appendLittle(typeNumber)
        try file.appendLittle(UInt32(count))
        if outsideBytes > 0 {
            try file.appendLittle(offset)
        } else {
            try appendValues(to: file)
            try file.appendZeros(Self.inlineBytes - byteCount)
        }
    }

    /// Adds the values that the entry itself does not hold.
    func appendOutside(to file: EncodedBytes) throws(PenstockError) {
        guard outsideBytes > 0 else { return }
        try appendValues(to: file)
        try file.appendZeros(outsideBytes - byteCount)
    }

    private func appendValues(to file: EncodedBytes) throws(PenstockError) {
        switch values {
        case .shorts(let numbers): for number in numbers { try file.appendLittle(number) }
        case .longs(let numbers): for number in numbers { try file.appendLittle(number) }
        case .rational(let numerator, let denominator):
            try file.appendLittle(numerator)
            try file.appendLittle(denominator)
        case .bytes(let bytes): try file.append(bytes)
        }
    }

    private var count: Int {
        switch values {
        case .shorts(let numbers): numbers.count
        case .longs(let numbers): numbers.count
        case .rational: 1
        case .bytes(let bytes): bytes.count
        }
    }

    private var byteCount: Int {
        switch values {
        case .shorts: 2 * count
        case .longs: 4 * count
        case .rational: 8
        case .bytes: count
        }
    }

    /// The number of the values' type; bytes are of undefined meaning, as profiles are.
    private var typeNumber: UInt16 {
        switch values {
        case .shorts: 3
        case .longs: 4
        case .rational: 5
        case .bytes: 7
        }
    }
}
