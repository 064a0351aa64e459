package import PenstockCore

/// Writes the events of a job to one file, behind the job.
///
/// Every event is on its way to the file as soon as it is handed in, and nothing is kept here, however many there are.
/// The file has its name once `finish` has returned; until then it is `NAME.partial`, which can be read along.
package final class EventWriter {
    private let file: EventFile
    private let sink: LineSink
    private var formatter: any EventFormatter
    private var hasHeader = false

    /// Begins a file of events in the format that its name asks for.
    ///
    /// - Parameter namesSources: Whether cues say what they were seen in: needed with more than one source.
    /// - Throws: When the name asks for no format, or the file cannot be made.
    package init(_ path: FilePath, namesSources: Bool) throws(PenstockError) {
        formatter = try EventFormat(file: path).formatter(namesSources: namesSources)
        file = try EventFile(path, of: "--events")
        sink = try LineSink(DescriptorSink(borrowing: file.descriptor, named: path.description))
    }

    /// Hands events in. Returns at once unless the disk is far behind.
    ///
    /// - Throws: What an earlier write failed with.
    package func write(_ events: [EventSegment]) async throws {
        var bytes: [UInt8] = []
        appendHeaderOnce(to: &bytes)
        for event in events { formatter.append(event, to: &bytes) }
        if !bytes.isEmpty { try await sink.write(bytes) }
    }

    /// Waits until everything is written and gives the file its name.
    ///
    /// - Throws: What a write failed with.
    package func finish() async throws {
        try await write([])
        try await sink.finish()
        try file.complete()
    }

    /// Waits until everything is written and leaves it under the name of an unfinished file, for a job that failed.
    package func abandon() async {
        // The job's own failure is the one to report.
        try? await sink.finish()
        file.abandon()
    }

    private func appendHeaderOnce(to bytes: inout [UInt8]) {
        guard !hasHeader else { return }
        hasHeader = true
        formatter.appendHeader(to: &bytes)
    }
}
