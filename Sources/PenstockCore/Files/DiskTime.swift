internal import Glibc

/// A moment on the clock of the disk that a folder lies on, which need not be this machine's.
package struct DiskTime: Hashable, Comparable, Sendable {
    private let seconds: Int
    private let nanoseconds: Int

    /// When a file was last changed, written or given its name; `nil` where there is none.
    package init?(ofLastChangeOf path: FilePath) {
        var status = stat()
        // `lstat` fills the local structure and keeps nothing.
        guard unsafe path.withCString({ unsafe lstat($0, &status) }) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        seconds = status.st_ctim.tv_sec
        nanoseconds = status.st_ctim.tv_nsec
    }

    package static func < (left: DiskTime, right: DiskTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension DiskTime {
    /// The present in a folder: no file that is there already was changed as late, and none that is changed from now on
    /// will be earlier, as long as the disk's clock is not set back.
    ///
    /// - Throws: When the folder cannot be written.
    package static func now(in folder: FilePath) throws(PenstockError) -> DiskTime {
        let probe = folder.appending(probePrefix + Array("\(getpid())".utf8) + probeSuffix)
        let descriptor = try PartialFile.open(probe, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
        defer { close(descriptor) }
        // Open, it serves without a name, and nothing is left of it however this process ends.
        _ = unsafe probe.withCString { unsafe unlink($0) }
        return try tick(descriptor, probe)
    }

    /// Whether this is what the file is called that the present is read by, in any process.
    package static func isProbe(_ name: [UInt8]) -> Bool {
        guard name.starts(with: probePrefix), name.reversed().starts(with: probeSuffix.reversed()) else { return false }
        let number = name.dropFirst(probePrefix.count).dropLast(probeSuffix.count)
        return !number.isEmpty && number.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    private static let probePrefix = Array(".penstock.".utf8)
    private static let probeSuffix = Array(".probe".utf8)

    /// Clocks of disks stand still for a few milliseconds at a time: waits until this one has moved on.
    private static func tick(_ descriptor: Int32, _ probe: FilePath) throws(PenstockError) -> DiskTime {
        let first = try change(descriptor, probe)
        for _ in 0..<mostTries {
            usleep(1000)
            let next = try change(descriptor, probe)
            if next != first { return next }
        }
        // A disk that counts in seconds: what was written before in this one counts as written from now on.
        return first
    }

    private static let mostTries = 50

    private static func change(_ descriptor: Int32, _ probe: FilePath) throws(PenstockError) -> DiskTime {
        var status = stat()
        // Setting the mode is a change, and `fstat` fills the local structure.
        guard fchmod(descriptor, 0o600) == 0, unsafe fstat(descriptor, &status) == 0 else {
            throw SystemFailure.writing(probe, errno)
        }
        return DiskTime(status)
    }
}
