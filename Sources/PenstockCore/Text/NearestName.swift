/// Finds what somebody may have meant by a name that does not exist.
package enum NearestName {
    /// The candidate that takes the fewest changes to reach; `nil` when all are too far to be a slip of the fingers.
    package static func of(_ name: String, among candidates: [String]) -> String? {
        let limit = max(1, name.count / 3)
        return
            candidates
            .map { (candidate: $0, distance: distance(name, $0)) }
            .filter { $0.distance <= limit || (name.count >= 3 && $0.candidate.hasPrefix(name)) }
            .min { $0.distance < $1.distance }?
            .candidate
    }

    /// A clause that names the nearest candidate, ready to follow a sentence; empty when there is none.
    package static func hint(_ name: String, among candidates: [String], prefix: String = "") -> String {
        of(name, among: candidates).map { " Did you mean \(prefix)\($0)?" } ?? ""
    }

    /// The insertions, deletions, replacements and swaps of neighbours between two names.
    package static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let isSame = left[row] == right[column]
                var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                let isSwap = row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwap { best = min(best, beforeLast[column - 1] + 1) }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
