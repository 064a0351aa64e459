internal import Glibc
internal import PenstockCore

/// The most memory that this process has held at once.
package enum PeakMemory {
    /// Bytes of resident memory at the highest point so far.
    ///
    /// What the kernel keeps for this program comes first: `getrusage` also remembers the program that started this one.
    package static func bytes() -> Int {
        let status = (try? SmallFile.text("/proc/self/status")) ?? ""
        return highWaterMark(in: status) ?? fromResourceUsage()
    }

    /// Reads `VmHWM`, which counts in units of 1024 bytes.
    package static func highWaterMark(in status: String) -> Int? {
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let digits = line?.filter { $0.isASCII && $0.isNumber }
        return digits.flatMap { Int($0) }.map { $0 * 1024 }
    }

    private static func fromResourceUsage() -> Int {
        var usage = rusage()
        // Fills the one local structure.
        guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return usage.ru_maxrss * 1024
    }
}
