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
        var start = 0
        while start < bytes.count {
            let count = writeSome(bytes[start...])
            let failure = errno
            if count >= 0 {
                start += count
            } else if failure == EAGAIN {
                waitUntilWritable()
            } else if failure != EINTR {
                throw error(failure)
            }
        }
    }

    private func writeSome(_ bytes: ArraySlice<UInt8>) -> Int {
        // The system reads exactly the bytes of the buffer, which lives through the call.
        unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Standard streams are now and then set not to block by the program at their other end.
    private func waitUntilWritable() {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // One structure, a local, as the count says.
        _ = unsafe poll(&request, 1, -1)
    }

    private func error(_ number: Int32) -> PenstockError {
        if number == EPIPE {
            return PenstockError(.closedPipe, at: .write, "Nobody reads \(name) any more.", status: number)
        }
        return SystemFailure.writing(FilePath(name), number)
    }
}
