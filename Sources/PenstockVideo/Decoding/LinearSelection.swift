internal import CFFmpeg
internal import PenstockCore
internal import PenstockFlow

/// Decodes a video whole, and picks among the frames as they come.
@safe final class LinearSelection: FrameSelection {
    private let demuxer: Demuxer
    private let clock: StreamClock
    private let packet: Packet
    private let ending: VideoEnding
    private var choice: FrameChoice
    private var losses: FrameLosses
    private var ranks: FrameRanks
    /// Packets that were read before this took over, the next one last.
    private var backlog: [HeldPacket] = []
    private var hasEnded = false
    private(set) var lastArrival = MonotonicTime.now

    init(_ demuxer: Demuxer, _ plan: SamplingPlan, _ ending: VideoEnding) throws(PenstockError) {
        self.demuxer = demuxer
        self.ending = ending
        clock = demuxer.clock
        packet = try Packet()
        choice = FrameChoice(plan, demuxer.clock)
        ranks = FrameRanks(ticksPerSecond: demuxer.clock.ticksPerSecond)
        losses = FrameLosses(demuxer.clock, storesFields: demuxer.storesFields)
    }

    /// Goes on after `settled` frames, with packets that were read already.
    convenience init(
        _ demuxer: Demuxer,
        _ plan: SamplingPlan,
        _ ending: VideoEnding,
        after settled: Int,
        _ packets: some BidirectionalCollection<HeldPacket>
    ) throws(PenstockError) {
        try self.init(demuxer, plan, ending)
        ranks.settle(settled)
        backlog = packets.reversed()
    }

    func step() -> DecodingStep {
        if choice.isOver { return .end }
        let packet = unsafe packet.pointer
        if let held = backlog.popLast() {
            unsafe held.move(to: packet)
            return unsafe take(packet)
        }
        if hasEnded { return .end }
        let outcome = unsafe demuxer.read(into: packet)
        // What a demuxer had kept back, and gives when no more bytes come, came before.
        if case .packet = outcome, !demuxer.hasRunDry { lastArrival = .now }
        guard ending.takes(outcome) else {
            hasEnded = true
            return ending.isStopped ? .end : .drain
        }
        if unsafe packet.isShown(demuxer.codec) { ending.packets += 1 }
        return unsafe take(packet)
    }

    func noteFailure(_ status: Int32) {
        losses.note(status)
    }

    func judge(_ frame: DecodedFrame, into elements: inout [SelectedElement]) {
        settle(frame.ticks.map { ranks.pass(upTo: $0) }, into: &elements)
        let rank = frame.ticks.map { ranks.show($0) } ?? ranks.settle()
        let time = demuxer.hasTimes ? frame.guessedTicks.map(clock.time) : nil
        let duration = demuxer.hasTimes ? clock.duration(frame.duration) : nil
        let moment = FrameMoment(frame: rank, time: time, duration: duration)
        losses.show()
        reportGap(before: moment, into: &elements)
        ending.show(moment)
        choice.offer(FrameChoice.Offer(content: .frame(frame), moment: moment), into: &elements)
    }

    func finishDraining(into elements: inout [SelectedElement]) {
        let left = ranks.passAll()
        settle(left.isEmpty ? nil : left, into: &elements)
        choice.finish(ending, into: &elements)
    }
}

extension LinearSelection {
    private func take(_ packet: UnsafeMutablePointer<AVPacket>) -> DecodingStep {
        if unsafe packet.isKey { losses.begin() }
        if demuxer.hasTimes, unsafe packet.isShown(demuxer.codec), let ticks = unsafe packet.ticks {
            unsafe ranks.arrive(
                FrameRanks.Waiting(ticks: ticks, duration: packet.duration, byteCount: packet.byteCount)
            )
        }
        return unsafe .take(packet, passesOver: false)
    }

    /// Reports a stretch without frames that damage of the container has left.
    private func reportGap(before moment: FrameMoment, into elements: inout [SelectedElement]) {
        guard let gap = ending.gap(before: moment) else { return }
        choice.offer(FrameChoice.Offer(content: .failure(gap.error), moment: gap.moment), into: &elements)
    }

    /// Counts and reports the packets that should have given a frame and did not.
    ///
    /// - Parameter passed: The packets; `nil` where they carry no times to tell by.
    private func settle(_ passed: [FrameRanks.Waiting]?, into elements: inout [SelectedElement]) {
        let lost = losses.take(passed)
        guard !lost.isEmpty else { return }
        let first = ranks.settle(lost.count)
        let moments = lost.enumerated().map { losses.moment(first + $0.offset, $0.element) }
        for (moment, error) in losses.failures(moments) {
            choice.offer(FrameChoice.Offer(content: .failure(error), moment: moment), into: &elements)
        }
        moments.last.map(ending.show)
    }
}
