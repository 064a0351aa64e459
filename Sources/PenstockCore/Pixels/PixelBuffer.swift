/// A whole picture in memory: upright rows of interleaved 8-bit samples without gaps.
public struct PixelBuffer: Hashable, Sendable {
    /// The size in pixels.
    public private(set) var size: ImageSize
    /// What the samples are.
    public private(set) var layout: PixelLayout
    /// The samples, row after row.
    public private(set) var bytes: [UInt8]

    /// Makes a picture whose samples are all zero.
    ///
    /// - Precondition: Neither edge is negative, and the samples can be counted in an `Int`.
    public init(size: ImageSize = ImageSize(width: 0, height: 0), layout: PixelLayout = .rgb) {
        self.size = size
        self.layout = layout
        bytes = [UInt8](repeating: 0, count: Self.byteCount(size, layout))
    }
}

extension PixelBuffer {
    /// The bytes of one row.
    public var rowBytes: Int { size.width * layout.channels }

    /// Calls `body` with the samples, to be read and written in place.
    public mutating func withMutableBytes<Result, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = bytes.mutableSpan
        return try body(&span)
    }

    /// Gives the picture another size or layout; what its samples are then is not defined.
    ///
    /// Memory is kept, so that a worker that reshapes one buffer for every picture stops allocating.
    public mutating func reshape(to size: ImageSize, _ layout: PixelLayout) {
        let count = Self.byteCount(size, layout)
        if count < bytes.count {
            bytes.removeLast(bytes.count - count)
        } else if count > bytes.count {
            if count > bytes.capacity { bytes = [] }
            bytes.append(contentsOf: repeatElement(0, count: count - bytes.count))
        }
        self.size = size
        self.layout = layout
    }

    /// Calls `body` with the memory of the samples, valid only inside it.
    package mutating func withUnsafeMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = bytes.mutableSpan
        // The caller is handed exactly the array's memory, for the length of the call.
        return try unsafe span.withUnsafeMutableBytes { (bytes) throws(Failure) in try unsafe body(bytes) }
    }

    private static func byteCount(_ size: ImageSize, _ layout: PixelLayout) -> Int {
        precondition(size.width >= 0 && size.height >= 0, "a picture's edges are not negative")
        return size.width * size.height * layout.channels
    }
}
