internal import PenstockCore
internal import PenstockFlow

// How a capture ends, and what it says of itself.

extension CaptureThread {
    mutating func giveUp(_ reason: PenstockError?) {
        countOutage()
        guard var error = reason else { return end("The stream ended.") }
        if let outage, outage.attempts > 0 {
            error.message += " It was tried again for \((.now - outage.began).rounded), in vain."
        }
        capture.state.withLock { $0.report.failed += 1 }
        _ = deliver(.failure(timeline.upcoming, error, .now))
        end(error.message)
    }

    func end(_ message: String) {
        _ = tell(.ended, message)
    }

    /// Adds an outage that nothing ended to the report.
    private func countOutage() {
        guard let outage, outage.isGap, outage.attempts > 0 else { return }
        capture.state.withLock { $0.report.gapTime += .now - outage.began }
    }

    func tell(_ kind: StreamEvent.Kind, at time: Duration? = nil, gap: Duration? = nil, _ message: String) -> Bool {
        let time = time ?? timeline.lastTime
        let event = StreamEvent(kind, time: time, wallClock: Arrival.now.wallClock, gap: gap, message: message)
        return deliver(.event(event))
    }
}

extension Duration {
    /// In whole seconds from ten on, and in tenths below, for a sentence.
    var rounded: String {
        seconds >= 10 ? "\(Int(seconds.rounded())) s" : "\((seconds * 10).rounded() / 10) s"
    }
}

extension VideoLocation {
    /// Whether it is worth another attempt after it has ended: a file and a pipe have been read.
    var comesAgain: Bool {
        switch self {
        case .address, .camera: true
        case .file, .rawStandardInput: false
        }
    }
}

extension PenstockError {
    /// Whether another attempt can only fail like the first.
    var isBeyondRetrying: Bool {
        [.unsupported, .invalidConfiguration, .permissionDenied].contains(code)
    }
}
