internal import PenstockCore
internal import PenstockFlow

/// Hands elements from a decoding thread, which may block, to a task, which may not.
final class ElementBuffer: Sendable {
    fileprivate typealias Answer = Result<VideoElement?, PenstockError>
    fileprivate typealias Receiver = CheckedContinuation<Answer, Never>

    fileprivate struct State: Sendable {
        var elements: [VideoElement] = []
        var receiver: Receiver?
        var error: PenstockError?
        var hasEnded = false
        var isClosed = false
    }

    private let state = Monitor(State())
    private let limit: Int

    /// Makes a buffer for at most `limit` elements.
    init(limit: Int) {
        self.limit = limit
    }

    /// Adds an element, once there is room for it; `false` when nobody wants any more.
    func append(_ element: VideoElement) -> Bool {
        let (isWanted, receiver) = state.wait(.source) { state in
            if state.isClosed { return Waiting<(Bool, Receiver?)>.ready((false, nil)) }
            if let receiver = state.takeReceiver() { return .ready((true, receiver)) }
            guard state.elements.count < limit else { return .until(nil) }
            state.elements.append(element)
            return .ready((true, nil))
        }
        receiver?.resume(returning: .success(element))
        return isWanted
    }

    /// Says that no element follows, because of an error if there is one.
    func finish(_ error: PenstockError?) {
        let receiver = state.withLock { state in
            state.hasEnded = true
            // Somebody who waits already is told at once, and only he.
            if state.receiver == nil { state.error = error }
            return state.takeReceiver()
        }
        receiver?.resume(returning: error.map { .failure($0) } ?? .success(nil))
    }

    /// Wants no more.
    func close() {
        let receiver = state.withLock { state in
            state.isClosed = true
            state.elements = []
            return state.takeReceiver()
        }
        receiver?.resume(returning: .success(nil))
        state.wakeAll(.source)
    }

    /// The next element; `nil` at the end. One task at a time may ask.
    func next() async throws -> VideoElement? {
        let answer = await withCheckedContinuation { (receiver: Receiver) in
            if let answer = state.withLock({ $0.answer(receiver) }) { receiver.resume(returning: answer) }
        }
        state.wakeAll(.source)
        return try answer.get()
    }
}

extension ElementBuffer.State {
    fileprivate mutating func takeReceiver() -> ElementBuffer.Receiver? {
        defer { receiver = nil }
        return receiver
    }

    /// What there is for somebody who asks; if there is nothing yet, he waits.
    fileprivate mutating func answer(_ asking: ElementBuffer.Receiver) -> ElementBuffer.Answer? {
        if !elements.isEmpty { return .success(elements.removeFirst()) }
        if let error {
            self.error = nil
            return .failure(error)
        }
        if hasEnded || isClosed { return .success(nil) }
        receiver = asking
        return nil
    }
}
