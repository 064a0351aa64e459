import CPenstockKernels

/// The plans used last: pictures of one size, which is the rule in video and common in folders, are planned once.
final class AxisPlanCache {
    private let filter: ResamplingFilter
    private let packing: penstock_packing
    private let capacity: Int
    private var plans: [AxisPlan] = []
    private var uses = 0
    /// Plans of more than this are made when they are needed.
    private static let mostKeptBytes = 4 << 20

    /// Makes a cache of up to `capacity` plans for one filter.
    init(filter: ResamplingFilter, packing: penstock_packing, capacity: Int) {
        self.filter = filter
        self.packing = packing
        self.capacity = capacity
        plans.reserveCapacity(capacity)
    }

    /// The plan for `key`, which stays as it is until `capacity` other plans have been asked for.
    func plan(_ key: AxisPlan.Key) -> AxisPlan {
        // One huge picture does not hold memory for the rest of a job.
        if AxisPlan.byteCount(key, filter: filter, packing: packing) > Self.mostKeptBytes {
            return AxisPlan(key, filter: filter, packing: packing)
        }
        uses += 1
        let plan = plans.first { $0.key == key } ?? makePlan(key)
        plan.lastUse = uses
        return plan
    }

    /// Makes a plan, in the memory of the one that was used longest ago when the cache is full.
    private func makePlan(_ key: AxisPlan.Key) -> AxisPlan {
        if plans.count == capacity, let oldest = plans.min(by: { $0.lastUse < $1.lastUse }) {
            oldest.plan(key, filter: filter, packing: packing)
            return oldest
        }
        let plan = AxisPlan(key, filter: filter, packing: packing)
        plans.append(plan)
        return plan
    }
}
