internal import PenstockCore

/// What a command may touch of the world around it; tests hand in their own.
package struct CommandEnvironment: Sendable {
    /// Where results go.
    package var standardOutput: any ByteSink
    /// Where everything else goes.
    package var standardError: any ByteSink
    /// Whether paths on standard input would be typed by a person.
    package var standardInputIsTerminal: Bool
    /// Whether a person looks at the results.
    package var standardOutputIsTerminal: Bool
    /// Whether a person looks at the messages.
    package var standardErrorIsTerminal: Bool
    /// Columns of the terminal.
    package var terminalWidth: Int
    /// The environment's variables.
    package var variables: [String: String]

    /// Makes an environment.
    package init(
        standardOutput: any ByteSink,
        standardError: any ByteSink,
        standardInputIsTerminal: Bool = false,
        standardOutputIsTerminal: Bool = false,
        standardErrorIsTerminal: Bool = false,
        terminalWidth: Int = 80,
        variables: [String: String] = [:]
    ) {
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.standardInputIsTerminal = standardInputIsTerminal
        self.standardOutputIsTerminal = standardOutputIsTerminal
        self.standardErrorIsTerminal = standardErrorIsTerminal
        self.terminalWidth = terminalWidth
        self.variables = variables
    }
}

extension CommandEnvironment {
    /// One of the two standard streams.
    package enum Stream: Sendable {
        /// For results.
        case standardOutput
        /// For everything else.
        case standardError
    }

    /// Prints a text, and says how that ended: a reader that has gone is no failure.
    @discardableResult
    package func print(_ text: String, to stream: Stream = .standardOutput) -> ExitCode {
        let sink = stream == .standardOutput ? standardOutput : standardError
        do throws(PenstockError) {
            try sink.write(Array(text.utf8))
            return .success
        } catch {
            if error.code == .closedPipe { return .success }
            if stream == .standardOutput { report(error.message) }
            return .couldNotStart
        }
    }

    /// Tells the user of something on standard error, in a line of its own.
    package func report(_ message: String) {
        print("penstock: \(VisibleText.escaped(message))\n", to: .standardError)
    }
}
