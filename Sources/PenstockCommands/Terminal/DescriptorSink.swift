internal import Glibc
package import PenstockCore

/// Writes to an open file descriptor, which stays open.
package struct DescriptorSink: ByteSink {
    private let descriptor: Int32
    private let name: String
    private let canResume: Bool

    /// Makes a sink over a descriptor that outlives it.
    ///
    /// - Parameter canResume: Whether a job can go on with what was written.
    package init(borrowing descriptor: Int32, named name: String, canResume: Bool = false) {
        self.descriptor = descriptor
        self.name = name
        self.canResume = canResume
    }

    package func write(_ bytes: [UInt8]) throws(PenstockError) {
        let failure = Descriptor.write(bytes, to: descriptor)
        guard failure == 0 else { throw error(failure) }
    }

    private func error(_ number: Int32) -> PenstockError {
        if number == EPIPE {
            return PenstockError(.closedPipe, at: .write, "Nobody reads \(name) any more.", status: number)
        }
        return SystemFailure.writing(FilePath(name), number, canResume: canResume)
    }
}
