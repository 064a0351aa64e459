internal import PenstockCore

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
