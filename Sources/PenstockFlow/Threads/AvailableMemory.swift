internal import Glibc
package import PenstockCore

/// How much memory this process may use, which in a container is often less than the machine has.
package enum AvailableMemory {
    /// The machine's memory in bytes, or its control group's limit where that is less.
    package static func limit() -> Int {
        // Two numbers of the system's, which are positive on every Linux.
        let machine = sysconf(Int32(_SC_PHYS_PAGES)).multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE)))
        return min(machine.overflow ? .max : machine.partialValue, ControlGroup.memory() ?? .max)
    }
}

extension ControlGroup {
    /// The smallest memory limit from this process's group up to the root, in bytes.
    package static func memory(root: FilePath = "/sys/fs/cgroup", membership: FilePath = "/proc/self/cgroup") -> Int? {
        let lines = (try? SmallFile.text(membership))?.split(separator: "\n") ?? []
        let path = lines.first { $0.hasPrefix("0::") }?.dropFirst(3) ?? "/"
        let parts = path.split(separator: "/").map(String.init)
        let unified = (0...parts.count).map { depth in
            parts.prefix(depth).reduce(root) { $0.appending($1) }.appending("memory.max")
        }
        let files = unified + [root.appending("memory/memory.limit_in_bytes")]
        // What is not limited says `max`, which is no number.
        return files.compactMap { (try? SmallFile.text($0)).flatMap { Int($0.filter { !$0.isWhitespace }) } }.min()
    }
}
