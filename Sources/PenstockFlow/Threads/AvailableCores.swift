package import PenstockCore

/// How many cores this process may use, which in a container is often fewer than the machine has.
package struct AvailableCores: Hashable, Sendable {
    /// Cores that the scheduler may place this process on.
    package let affinity: Int
    /// The share that the control group grants, in cores; `nil` when there is no limit.
    package let quota: Double?

    /// The number to plan with: at least one.
    package var count: Int {
        max(1, min(affinity, quota.map { Int($0.rounded(.up)) } ?? affinity))
    }

    /// Makes a value from known figures.
    package init(affinity: Int, quota: Double?) {
        self.affinity = affinity
        self.quota = quota
    }

    /// Reads this process's figures.
    package static func current() -> AvailableCores {
        AvailableCores(affinity: affinityCount(), quota: ControlGroup.quota())
    }

    /// Counts the bits of `Cpus_allowed`, a list of hexadecimal words that the kernel keeps for every process.
    private static func affinityCount() -> Int {
        let status = (try? SmallFile.text("/proc/self/status")) ?? ""
        let mask = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
        return max(
            1,
            mask?.dropFirst("Cpus_allowed:".count).compactMap(\.hexDigitValue).map(\.nonzeroBitCount).reduce(0, +) ?? 1
        )
    }
}

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
