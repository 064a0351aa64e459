internal import Glibc
package import PenstockCore

/// Writes to an open file descriptor, which stays open.
package struct DescriptorSink: ByteSink {
    private let descriptor: Int32
    private let name: String

    /// Makes a sink over a descriptor that outlives it.
    package init(borrowing descriptor: Int32, named name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    package func write(_ bytes: [UInt8]) throws(PenstockError) {
        let failure = Descriptor.write(bytes, to: descriptor)
        guard failure == 0 else { throw error(failure) }
    }

    private func error(_ number: Int32) -> PenstockError {
        if number == EPIPE {
            return PenstockError(.closedPipe, at: .write, "Nobody reads \(name) any more.", status: number)
        }
        return SystemFailure.writing(FilePath(name), number)
    }
}
