internal import Glibc

extension CommandEnvironment {
    /// The environment of this process.
    ///
    /// A pipe that closes becomes an error of the write, not a signal that ends the process: results that are finished
    /// are still accounted for.
    package static func ofThisProcess() -> CommandEnvironment {
        openMissingStreams()
        _ = signal(SIGPIPE, SIG_IGN)
        let variables = processVariables()
        return CommandEnvironment(
            standardOutput: DescriptorSink(borrowing: STDOUT_FILENO, named: "standard output"),
            standardError: DescriptorSink(borrowing: STDERR_FILENO, named: "standard error"),
            standardInputIsTerminal: isatty(STDIN_FILENO) == 1,
            standardOutputIsTerminal: isatty(STDOUT_FILENO) == 1,
            standardErrorIsTerminal: isatty(STDERR_FILENO) == 1 && variables["TERM"] != "dumb",
            terminalWidth: width(variables),
            variables: variables
        )
    }

    /// `COLUMNS` when the user set it, else what the first stream that is a terminal says, else 80.
    private static func width(_ variables: [String: String]) -> Int {
        if let columns = variables["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        let streams = [STDOUT_FILENO, STDERR_FILENO]
        return streams.lazy.compactMap { TerminalWidth.ofDescriptor($0) }.first ?? 80
    }

    /// Puts `/dev/null` where a standard stream was closed: the next file to be opened would take its place.
    private static func openMissingStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is this one, since those below are open.
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }

    private static func processVariables() -> [String: String] {
        var variables: [String: String] = [:]
        // The system keeps the list and its strings; nothing here changes them while they are read.
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            unsafe next += 1
        }
        return variables
    }
}

/// Asks a terminal how wide it is.
package enum TerminalWidth {
    /// The columns of the terminal behind a descriptor; `nil` when there is none.
    package static func ofDescriptor(_ descriptor: Int32) -> Int? {
        var size = winsize()
        // The request fills this one structure, a local.
        let result = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
        return result == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }
}
