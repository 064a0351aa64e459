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
    private var ranks = FrameRanks()
    private var hasEnded = false
    private(set) var lastArrival = MonotonicTime.now

    init(_ demuxer: Demuxer, _ plan: SamplingPlan, _ ending: VideoEnding) throws(PenstockError) {
        self.demuxer = demuxer
        self.ending = ending
        clock = demuxer.clock
        packet = try Packet()
        choice = FrameChoice(plan, demuxer.clock)
        losses = FrameLosses(demuxer.clock)
    }

    func step() -> DecodingStep {
        if hasEnded || choice.isOver { return .end }
        let packet = unsafe packet.pointer
        let outcome = unsafe demuxer.read(into: packet)
        // What a demuxer had kept back, and gives when no more bytes come, came before.
        if case .packet = outcome, !demuxer.hasRunDry { lastArrival = .now }
        guard ending.takes(outcome) else {
            hasEnded = true
            return ending.isStopped ? .end : .drain
        }
        if unsafe packet.isShown(demuxer.codec) { unsafe arrive(packet) }
        if unsafe packet.isKey { losses.begin() }
        return unsafe .take(packet, passesOver: false)
    }

    func noteFailure(_ status: Int32) {
        losses.note(status)
    }

    func judge(_ frame: DecodedFrame, into elements: inout [SelectedElement]) {
        settle(frame.ticks.map { ranks.pass(upTo: $0) }, into: &elements)
        let rank = frame.ticks.map { ranks.show($0) } ?? ranks.settle()
        let time = demuxer.hasTimes ? frame.guessedTicks.map(clock.time) : nil
        losses.show()
        ending.show(time)
        let moment = FrameMoment(
            frame: rank,
            time: time,
            duration: demuxer.hasTimes ? clock.duration(frame.duration) : nil
        )
        choice.offer(FrameChoice.Offer(content: .frame(frame), moment: moment), into: &elements)
    }

    func finishDraining(into elements: inout [SelectedElement]) {
        let left = ranks.passAll()
        settle(left.isEmpty ? nil : left, into: &elements)
        choice.finish(ending.problem, into: &elements)
    }
}

extension LinearSelection {
    private func arrive(_ packet: UnsafeMutablePointer<AVPacket>) {
        ending.packets += 1
        guard demuxer.hasTimes, let ticks = unsafe packet.ticks else { return }
        unsafe ranks.arrive(FrameRanks.Waiting(ticks: ticks, duration: packet.duration))
    }

    /// Counts packets of which no frame came, and reports those that should have given one.
    ///
    /// - Parameter passed: The packets; `nil` where they carry no times to tell by.
    private func settle(_ passed: [FrameRanks.Waiting]?, into elements: inout [SelectedElement]) {
        let (count, areLost) = losses.judge(passed?.count)
        let first = ranks.settle(count)
        guard areLost else { return }
        let lost = (0..<count).map { losses.moment(first + $0, passed?[$0]) }
        for (moment, error) in losses.failures(lost) {
            choice.offer(FrameChoice.Offer(content: .failure(error), moment: moment), into: &elements)
        }
    }
}
