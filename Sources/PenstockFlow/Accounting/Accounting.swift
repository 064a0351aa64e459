/// Where every item went: `received = done + failed + dropped + in flight`, at any moment.
public struct Accounting: Hashable, Sendable {
    /// Items that the source delivered.
    public private(set) var received = 0
    /// Items that ended in a result.
    public private(set) var done = 0
    /// Items that ended in an error.
    public private(set) var failed = 0
    /// Items given up, by reason.
    public private(set) var dropped: [DropReason: Int] = [:]
    /// Items on their way.
    public private(set) var inFlight = 0

    /// Makes an account with nothing in it.
    public init() {}

    /// Why an item was given up without a result.
    public enum DropReason: String, Hashable, Sendable, CaseIterable {
        /// The job was stopped before its turn came.
        case cancelled
        /// It found its queue full, or made way in a full queue for one that came later.
        case queueFull
        /// It had waited longer than a frame may.
        case tooOld
    }

    /// Whether the account adds up. It always does; tests and `--summary` hold it to that.
    public var isBalanced: Bool {
        received == done + failed + dropped.values.reduce(0, +) + inFlight
    }
}

extension Accounting {
    /// Items arrived.
    package mutating func receive(_ count: Int = 1) {
        received += count
        inFlight += count
    }

    /// An item that was on its way ended; a notice was on nobody's account.
    package mutating func finish(_ ending: ItemEnding) {
        switch ending {
        case .done: done += 1
        case .failed: failed += 1
        case .dropped(let reason): return drop(reason)
        case .notice: return
        }
        inFlight -= 1
    }

    /// An item that counted as done has turned out to have failed.
    package mutating func recountAsFailed() {
        done -= 1
        failed += 1
    }

    /// Items were given up.
    package mutating func drop(_ reason: DropReason, count: Int = 1) {
        guard count > 0 else { return }
        inFlight -= count
        dropped[reason, default: 0] += count
    }
}
