import Synchronization
import Testing

@testable import PenstockFlow

typealias NumberMerge = FairMerge<Int>

extension MonotonicTime {
    /// A moment of the manual clock.
    fileprivate static func at(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }
}

@Suite struct FairMergeStateMachineTests {
    private func entry(_ number: Int, at milliseconds: Int64 = 0, mayDrop: Bool = true) -> NumberMerge.Entry {
        NumberMerge.Entry(number, arrivedAt: .at(milliseconds), mayDrop: mayDrop)
    }

    /// Takes everything that is there.
    private func drain(_ machine: inout NumberMerge.StateMachine, at milliseconds: Int64 = 0) -> [Int] {
        var taken: [Int] = []
        while case .element(let number) = machine.take(at: .at(milliseconds)).take { taken.append(number) }
        return taken
    }

    @Test func `takes from the lanes in turn, and keeps each lane's order`() {
        var machine = NumberMerge.StateMachine()
        let lanes = (0..<3).map { _ in machine.addLane(NumberMerge.LaneConfiguration(capacity: 4)) }
        for number in 0..<4 { #expect(machine.offer(entry(number), to: lanes[0]) == .accepted) }
        for number in 10..<12 { #expect(machine.offer(entry(number), to: lanes[1]) == .accepted) }
        #expect(machine.offer(entry(20), to: lanes[2]) == .accepted)
        #expect(drain(&machine) == [0, 10, 20, 1, 11, 2, 3])
    }

    @Test func `sixty frames a second do not starve five`() {
        var machine = NumberMerge.StateMachine()
        let configuration = NumberMerge.LaneConfiguration(capacity: 4, whenFull: .dropOldest)
        let (fast, slow) = (machine.addLane(configuration), machine.addLane(configuration))
        var taken = [fast: 0, slow: 0]
        // Ten seconds in which a consumer manages eight elements a second: far fewer than come.
        for tick in 0..<600 {
            let now = Int64(tick) * 1000 / 60
            _ = machine.offer(entry(0, at: now), to: fast)
            if tick % 12 == 0 { _ = machine.offer(entry(1, at: now), to: slow) }
            if tick * 8 / 60 > (tick - 1) * 8 / 60, case .element(let number) = machine.take(at: .at(now)).take {
                taken[number == 0 ? fast : slow]! += 1
            }
        }
        // Half of the turns are the slow one's, which is nearly all that it brings.
        #expect(taken[slow]! >= 38)
        #expect(taken[fast]! >= 38)
    }

    @Test func `a full lane does what its rule says`() {
        for (rule, kept) in [(NumberMerge.WhenFull.dropOldest, [2, 3]), (.dropNewest, [0, 1])] {
            var machine = NumberMerge.StateMachine()
            let lane = machine.addLane(NumberMerge.LaneConfiguration(capacity: 2, whenFull: rule))
            let offers = (0..<4).map { machine.offer(entry($0), to: lane) }
            #expect(offers == [.accepted, .accepted, .acceptedDroppingOne, .acceptedDroppingOne])
            #expect(drain(&machine) == kept)
        }
        var machine = NumberMerge.StateMachine()
        let lane = machine.addLane(NumberMerge.LaneConfiguration(capacity: 1))
        #expect(machine.offer(entry(0), to: lane) == .accepted)
        #expect(machine.offer(entry(1), to: lane) == .full)
    }

    @Test(arguments: [NumberMerge.WhenFull.dropOldest, .dropNewest]) func `what may not be dropped never is`(
        rule: NumberMerge.WhenFull
    ) {
        var machine = NumberMerge.StateMachine()
        let lane = machine.addLane(NumberMerge.LaneConfiguration(capacity: 2, whenFull: rule))
        for number in 0..<2 { _ = machine.offer(entry(number), to: lane) }
        // Each takes the place of one that may be dropped; then the lane is full for events, and frames make way.
        #expect(machine.offer(entry(100, mayDrop: false), to: lane) == .acceptedDroppingOne)
        #expect(machine.offer(entry(101, mayDrop: false), to: lane) == .acceptedDroppingOne)
        #expect(machine.offer(entry(102, mayDrop: false), to: lane) == .full)
        #expect(machine.offer(entry(2), to: lane) == .acceptedDroppingOne)
        #expect(drain(&machine) == [100, 101])
    }

    @Test func `what has waited too long is given up when its turn comes`() {
        var machine = NumberMerge.StateMachine()
        let lane = machine.addLane(NumberMerge.LaneConfiguration(capacity: 8, maxAge: .milliseconds(500)))
        for (number, time) in [(0, 0), (1, 100), (2, 600)] {
            _ = machine.offer(entry(number, at: Int64(time)), to: lane)
        }
        let (take, drops) = machine.take(at: .at(601))
        guard case .element(2) = take else { return #expect(Bool(false), "took \(take)") }
        #expect(drops == [NumberMerge.Drop(lane: lane, reason: .tooOld, count: 2)])
        _ = machine.offer(entry(3, at: 0, mayDrop: false), to: lane)
        guard case .element(3) = machine.take(at: .at(10_000)).take else {
            return #expect(Bool(false), "an event was lost")
        }
    }

    @Test func `ends when every lane has ended and is empty`() {
        var machine = NumberMerge.StateMachine()
        let (first, second) = (
            machine.addLane(NumberMerge.LaneConfiguration(capacity: 2)),
            machine.addLane(NumberMerge.LaneConfiguration(capacity: 2))
        )
        _ = machine.offer(entry(0), to: first)
        machine.finish(first)
        #expect(machine.offer(entry(1), to: first) == .refused)
        #expect(drain(&machine) == [0])
        guard case .wait = machine.take(at: .at(0)).take else { return #expect(Bool(false), "a lane is open") }
        machine.finish(second)
        guard case .finished = machine.take(at: .at(0)).take else { return #expect(Bool(false), "no lane is open") }
    }

    @Test func `closing gives up what is there and says so`() {
        var machine = NumberMerge.StateMachine()
        let lane = machine.addLane(NumberMerge.LaneConfiguration(capacity: 4))
        for number in 0..<3 { _ = machine.offer(entry(number, mayDrop: number > 0), to: lane) }
        #expect(machine.close() == [NumberMerge.Drop(lane: lane, reason: .cancelled, count: 2)])
        #expect(machine.offer(entry(4), to: lane) == .refused)
        guard case .finished = machine.take(at: .at(0)).take else { return #expect(Bool(false), "it is closed") }
    }

    @Test func `lanes that come and go keep the turns fair`() {
        var machine = NumberMerge.StateMachine()
        var generator = SystemRandomNumberGenerator()
        var open: [NumberMerge.Lane] = []
        var (offered, taken) = (0, 0)
        for step in 0..<20_000 {
            switch Int.random(in: 0..<8, using: &generator) {
            case 0 where open.count < 5: open.append(machine.addLane(NumberMerge.LaneConfiguration(capacity: 3)))
            case 1 where !open.isEmpty: machine.finish(open.remove(at: Int.random(in: open.indices)))
            case 2...4 where !open.isEmpty:
                if machine.offer(entry(step), to: open.randomElement()!) == .accepted { offered += 1 }
            default:
                if case .element = machine.take(at: .at(0)).take { taken += 1 }
            }
        }
        for lane in open { machine.finish(lane) }
        #expect(taken + drain(&machine).count == offered)
    }
}

@Suite struct FairMergeTests {
    @Test func `many threads lose nothing and keep each lane's order`() {
        let merge = NumberMerge { _, _, _ in }
        let lanes = (0..<4).map { _ in merge.addLane(NumberMerge.LaneConfiguration(capacity: 3)) }
        for (position, lane) in lanes.enumerated() {
            try! DedicatedThread.start {
                for number in 0..<5000 { _ = merge.offer(position * 10_000 + number, to: lane) }
                merge.finish(lane)
            }
        }
        var taken = [[Int]](repeating: [], count: 4)
        while let number = merge.next() { taken[number / 10_000].append(number % 10_000) }
        #expect(taken == [[Int]](repeating: Array(0..<5000), count: 4))
    }

    @Test func `closing frees a producer that waits for room and a consumer that waits for work`() {
        let ended = Monitor(0)
        let dropped = Mutex(0)
        let merge = NumberMerge { _, reason, count in dropped.withLock { $0 += reason == .cancelled ? count : 0 } }
        let empty = FairMerge<Int> { _, _, _ in }
        _ = empty.addLane(NumberMerge.LaneConfiguration(capacity: 1))
        let lane = merge.addLane(NumberMerge.LaneConfiguration(capacity: 1))
        let end: @Sendable () -> Void = {
            ended.withLock { $0 += 1 }
            ended.wakeAll(.loaders)
        }
        try! DedicatedThread.start {
            while merge.offer(0, to: lane) {}
            end()
        }
        try! DedicatedThread.start {
            while empty.next() != nil {}
            end()
        }
        merge.close()
        empty.close()
        ended.wait(.loaders) { $0 == 2 ? .ready(()) : .until(nil) }
        #expect(merge.next() == nil)
        #expect(dropped.withLock { $0 } <= 1)
    }

    @Test func `says what was dropped, lane by lane`() {
        let dropped = Mutex<[NumberMerge.Lane: Int]>([:])
        let merge = NumberMerge { lane, reason, count in
            #expect(reason == .queueFull)
            dropped.withLock { $0[lane, default: 0] += count }
        }
        let lane = merge.addLane(NumberMerge.LaneConfiguration(capacity: 2, whenFull: .dropOldest))
        let other = merge.addLane(NumberMerge.LaneConfiguration(capacity: 2, whenFull: .dropNewest))
        for number in 0..<10 {
            #expect(merge.offer(number, to: lane))
            if number < 5 { #expect(merge.offer(number, to: other)) }
        }
        #expect(dropped.withLock { $0 } == [lane: 8, other: 3])
    }
}
