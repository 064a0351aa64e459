internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// When progress is shown.
package enum ProgressMode: String, Hashable, Sendable, CaseIterable {
    /// On a terminal that does not show the results as well.
    case auto
    /// Always: redrawn on a terminal, a line now and then elsewhere.
    case always
    /// Not at all.
    case never
}

/// How progress is shown.
package enum ProgressStyle: Hashable, Sendable {
    /// Not at all.
    case hidden
    /// One line, drawn over itself.
    case redrawn
    /// A line now and then.
    case lines

    /// The style for a mode.
    ///
    /// - Parameter resultsOnTerminal: Whether results scroll by on the terminal: they are progress enough.
    package init(_ mode: ProgressMode, in environment: CommandEnvironment, resultsOnTerminal: Bool) {
        switch mode {
        case .never: self = .hidden
        case .always: self = environment.standardErrorIsTerminal ? .redrawn : .lines
        case .auto: self = environment.standardErrorIsTerminal && !resultsOnTerminal ? .redrawn : .hidden
        }
    }
}

/// Shows progress on standard error while a job runs. Any thread may report.
package final class ProgressReporter: Sendable {
    private let style: ProgressStyle
    private let environment: CommandEnvironment
    private let state: Mutex<State>

    private struct State {
        var throttle: ProgressThrottle
        var isDrawn = false
    }

    /// Makes a reporter; the job starts now.
    ///
    /// - Parameter interval: The least time between two lines; a tenth of a second where they are redrawn and five
    ///   seconds where they stay, unless given.
    package init(_ style: ProgressStyle, in environment: CommandEnvironment, interval: Duration? = nil) {
        self.style = style
        self.environment = environment
        let interval = interval ?? (style == .lines ? .seconds(5) : .milliseconds(100))
        state = Mutex(State(throttle: ProgressThrottle(interval: interval, start: .now)))
    }

    /// Tells how far the job has come; call it for every item.
    package func update(done: Int, failed: Int, total: Int? = nil) {
        guard style != .hidden else { return }
        state.withLock { state in
            guard let progress = state.throttle.update(done: done, failed: failed, total: total, at: .now) else {
                return
            }
            show(progress, &state)
        }
    }

    /// Takes the line away, so that something else can be written; the next update draws it again.
    package func clear() {
        guard style == .redrawn else { return }
        state.withLock { state in
            if state.isDrawn { environment.print(Self.erase, to: .standardError) }
            state.isDrawn = false
        }
    }

    private func show(_ progress: ProgressState, _ state: inout State) {
        guard style == .redrawn else {
            environment.print("penstock: \(ProgressLine.text(progress, width: 120))\n", to: .standardError)
            return
        }
        // A full last column would make some terminals wrap.
        let line = ProgressLine.text(progress, width: environment.terminalWidth - 1)
        environment.print(Self.erase + line, to: .standardError)
        state.isDrawn = true
    }

    /// Back to the first column, and the line emptied.
    private static let erase = "\r\u{1B}[K"
}
