package import PenstockCore

/// The processor share that Linux control groups grant, read from their files.
package enum ControlGroup {
    /// The smallest quota from this process's group up to the root, in cores.
    package static func quota(root: FilePath = "/sys/fs/cgroup", membership: FilePath = "/proc/self/cgroup") -> Double?
    {
        let lines = (try? SmallFile.text(membership))?.split(separator: "\n") ?? []
        let unified = lines.compactMap { $0.hasPrefix("0::") ? String($0.dropFirst(3)) : nil }.first
        let versionOne = ["cpu", "cpu,cpuacct"].compactMap { versionOneQuota(root.appending($0)) }
        return (quotas(under: root, path: unified ?? "/") + versionOne).min()
    }

    private static func quotas(under root: FilePath, path: String) -> [Double] {
        let parts = path.split(separator: "/").map(String.init)
        return (0...parts.count).compactMap { depth in
            let folder = parts.prefix(depth).reduce(root) { $0.appending($1) }
            return (try? SmallFile.text(folder.appending("cpu.max"))).flatMap(parse)
        }
    }

    /// Reads `cpu.max`: a quota (or `max`) and a period, both in microseconds.
    package static func parse(_ text: String) -> Double? {
        let fields = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
        guard fields.count == 2, let quota = fields[0], let period = fields[1], period > 0, quota > 0 else {
            return nil
        }
        return quota / period
    }

    private static func versionOneQuota(_ folder: FilePath) -> Double? {
        let read = { (name: String) in
            (try? SmallFile.text(folder.appending(name))).flatMap { Double($0.filter { !$0.isWhitespace }) }
        }
        guard let quota = read("cpu.cfs_quota_us"), let period = read("cpu.cfs_period_us"), quota > 0, period > 0 else {
            return nil
        }
        return quota / period
    }
}
