internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// Brings the bytes of pictures to a loader thread, wherever they are, and measures how long that takes.
final class InputReader {
    private let reader = FileReader()
    private let meters: StageMeters

    init(_ meters: StageMeters) {
        self.meters = meters
    }

    /// Calls `body` with a picture's bytes, valid only inside it, and with the array that they are in where they can be
    /// had only once.
    ///
    /// - Precondition: The input is a picture that is not decoded: what is, needs no reading.
    func withBytes<Result>(
        of input: PictureInput,
        _ body: (UnsafeRawBufferPointer, [UInt8]?) throws(PenstockError) -> Result
    ) throws(PenstockError) -> Result {
        switch input.location {
        case .file:
            // The reader's bytes stay put until its next read, which is after this.
            return unsafe try body(
                try metered { () throws(PenstockError) in unsafe try reader.read(input.name) },
                nil
            )
        case .memory(let bytes):
            return unsafe try lend(bytes, to: body)
        case .remote(let picture):
            return unsafe try lend(try metered { () throws(PenstockError) in try picture.bytes() }, to: body)
        case .address, .video, .frame, .pixels:
            preconditionFailure("addresses are fetched and videos taken apart before a loader reads them")
        }
    }

    private func lend<Result>(
        _ bytes: [UInt8],
        to body: (UnsafeRawBufferPointer, [UInt8]?) throws(PenstockError) -> Result
    ) throws(PenstockError) -> Result {
        // The array outlives the call.
        let span = bytes.span
        return try unsafe span.withUnsafeBytes { (buffer) throws(PenstockError) in try unsafe body(buffer, bytes) }
    }

    private func metered<Result>(_ body: () throws(PenstockError) -> Result) throws(PenstockError) -> Result {
        let start = MonotonicTime.now
        defer { meters.add(.now - start, to: .read) }
        return try body()
    }
}
