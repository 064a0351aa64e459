internal import CFFmpeg
internal import PenstockCore
internal import PenstockFlow

/// Decodes only the groups that hold a wanted frame, and of those only as much as it takes.
///
/// What is wanted is decided from times alone, before anything is decoded. A video that cannot be read in this way is
/// handed over to `LinearSelection`.
@safe final class GroupSelection: FrameSelection {
    /// A frame that the decoder has been fed, and is wanted.
    private struct Expected {
        let ticks: Int64
        let moment: FrameMoment
        let count: Int
    }

    private let demuxer: Demuxer
    private let clock: StreamClock
    private let ending: VideoEnding
    private let reader: GroupReader
    private var feeding: GroupFeeding
    private var plan: SamplingPlan
    private var expected: [Expected] = []
    private var complaint = DecoderComplaint()
    /// What is shown before this has been fed when the decoder drains.
    private var drainedTicks: Int64 = .max
    /// The packet that the decoder is looking at.
    private var current: HeldPacket?
    private var isConcluded = false
    /// Takes over once what was fed has been judged.
    private var successor: LinearSelection?
    private var linear: LinearSelection?

    init(_ demuxer: Demuxer, _ plan: SamplingPlan, _ ending: VideoEnding) throws(PenstockError) {
        self.demuxer = demuxer
        self.plan = plan
        self.ending = ending
        clock = demuxer.clock
        feeding = GroupFeeding(CodecTraits(demuxer.codec))
        reader = try GroupReader(demuxer, ending)
    }

    var lastArrival: MonotonicTime { linear?.lastArrival ?? reader.lastArrival }

    func step() -> DecodingStep {
        while true {
            if let order = feeding.next() { return carryOut(order) }
            if successor != nil { (linear, successor) = (successor, nil) }
            if let linear { return linear.step() }
            if isConcluded { return .end }
            proceed()
        }
    }

    func noteFailure(_ status: Int32) {
        linear?.noteFailure(status)
        complaint = DecoderComplaint(status)
    }

    func judge(_ frame: DecodedFrame, into elements: inout [SelectedElement]) {
        if let linear { return linear.judge(frame, into: &elements) }
        guard let ticks = frame.ticks else { return }
        reportMissing(before: ticks, into: &elements)
        guard let first = expected.first, first.ticks == ticks else { return }
        expected.removeFirst()
        elements.append(.frame(frame, first.moment, count: first.count))
    }

    func finishDraining(into elements: inout [SelectedElement]) {
        if let linear { return linear.finishDraining(into: &elements) }
        reportMissing(before: drainedTicks, into: &elements)
        guard isConcluded, !plan.isOver else { return }
        plan.conclude(ending, into: &elements)
    }
}

extension GroupSelection {
    private func carryOut(_ order: GroupFeeding.Order) -> DecodingStep {
        switch order {
        case .feed(let packet, let passesOver):
            // The packet lives on in `current` until the next step.
            current = packet
            return unsafe .take(packet.pointer, passesOver: passesOver)
        case .drain(let before):
            drainedTicks = before
            return .drain
        }
    }

    /// Reads on, or decides about a group that has been read.
    private func proceed() {
        if ending.isStopped {
            isConcluded = true
        } else if plan.isOver {
            conclude()
        } else if reader.isIrregular {
            handOver()
        } else if reader.isReady {
            decide()
        } else if reader.hasEnded {
            conclude()
        } else if !jump() {
            reader.read()
        }
    }

    private func jump() -> Bool {
        let next = plan.next
        return reader.jump(to: (next.rank, next.time.map(clock.ticks(sinceStart:))))
    }

    private func conclude() {
        isConcluded = true
        ending.packets = reader.rank
        feeding.conclude()
    }

    private func handOver() {
        feeding.conclude()
        ending.packets = reader.rank + reader.heldPackets.count { $0.facts.isShown }
        successor = try? LinearSelection(demuxer, plan, ending, after: reader.rank, reader.heldPackets)
        isConcluded = successor == nil
    }
}

extension GroupSelection {
    /// Decides which frames of the first group's span are wanted, and has them decoded.
    private func decide() {
        let following = reader.groups.count > 1 ? reader.groups[1] : nil
        guard let span = GroupSpan(reader.groups[0].facts, following?.facts ?? []) else { return handOver() }
        var places: Set<Int> = []
        for (index, frame) in span.frames.enumerated() {
            let moment = moment(frame, reader.rank + index)
            let count = count(frame, moment, until: span.end(of: index), nextKeyframe: span.next)
            guard count > 0 else { continue }
            places.insert(frame.place)
            expected.append(Expected(ticks: frame.ticks, moment: moment, count: count))
        }
        if let last = span.frames.last { ending.show(moment(last, reader.rank + span.frames.count - 1)) }
        feeding.feed(places, of: reader.groups[0], following)
        reader.dropFirst(frames: span.frames.count)
    }

    private func count(
        _ frame: GroupSpan.Frame,
        _ moment: FrameMoment,
        until end: Int64?,
        nextKeyframe: Int64?
    ) -> Int {
        // After a jump back, frames may come up again.
        guard moment.frame >= plan.following else { return 0 }
        let candidate = SamplingPlan.Candidate(
            rank: moment.frame,
            time: clock.sinceStart(frame.ticks),
            isKeyframe: frame.isKeyframe,
            nextKeyframe: nextKeyframe.map(clock.sinceStart)
        )
        return plan.count(candidate, until: end.map(clock.sinceStart))
    }

    private func moment(_ frame: GroupSpan.Frame, _ rank: Int) -> FrameMoment {
        FrameMoment(frame: rank, time: clock.time(frame.ticks), duration: clock.duration(frame.duration))
    }

    /// Reports the frames that should have come before the one at `ticks`.
    private func reportMissing(before ticks: Int64, into elements: inout [SelectedElement]) {
        while let first = expected.first, first.ticks < ticks {
            expected.removeFirst()
            for _ in 0..<first.count { elements.append(.failure(first.moment, .undecodable(complaint))) }
        }
    }
}
