internal import Glibc
internal import Penstock
internal import PenstockCore

/// A file of results that appears under its name only when it is whole.
///
/// Until then the results lie in `NAME.partial`, beside `NAME.partial.job`, which says what they depend on; `--resume`
/// goes on from there, whatever ended the job.
struct ResultFile {
    /// The name that the file will have.
    let path: FilePath
    /// Where results are written.
    let descriptor: Int32
    /// What an earlier job left.
    let recorded: RecordedItems?
    /// How many of those are errors.
    let recordedFailures: Int
    /// Whether the file is written in place: a device, a pipe, or standard output.
    let isInPlace: Bool

    private var partial: FilePath { Self.partial(path) }

    /// Where unfinished results of a file lie.
    static func partial(_ path: FilePath) -> FilePath { PartialFile.path(of: path) }

    private static func record(_ path: FilePath) -> FilePath {
        FilePath(bytes: path.bytes + Array(".partial.job".utf8))
    }

    /// Whether there are results already and none that wait to be completed.
    static func isComplete(_ path: FilePath) -> Bool {
        if case .regular = FileSystem.kind(path) { !FileSystem.exists(partial(path)) } else { false }
    }
}

extension ResultFile {
    /// When the job began that this one goes on with; `nil` where that had done nothing.
    ///
    /// The record of a job is written once, before anything else: its time is the job's, by the clock of its disk.
    var began: DiskTime? { recorded == nil ? nil : DiskTime(ofLastChangeOf: Self.record(path)) }
}

// MARK: - Opening

extension ResultFile {
    /// Standard output, which is nobody's to rename.
    static let standardOutput = ResultFile(
        path: "standard output",
        descriptor: STDOUT_FILENO,
        recorded: nil,
        recordedFailures: 0,
        isInPlace: true
    )

    /// Begins a file of results.
    ///
    /// - Parameter check: What looks, once the file is this job's alone, whether anything else speaks against it; it is
    ///   told whether something unfinished was there.
    /// - Throws: When it cannot be made, or when an unfinished one is there that nobody asked to resume.
    static func create(
        _ path: FilePath,
        record: JobRecord,
        form: RecordForm,
        canResume: Bool,
        check: (_ wasThere: Bool) throws(PenstockError) -> Void = { _ in }
    ) throws(PenstockError) -> ResultFile {
        if FileSystem.isDirectory(path) {
            throw PenstockError(.notAFile, at: .configure, "\(path) is a folder; name a file after \(form.option).")
        }
        if FileSystem.kind(path) == .other {
            return try ResultFile(path, PartialFile.open(path, O_WRONLY), nil, inPlace: true)
        }
        let wasThere = FileSystem.exists(partial(path))
        let descriptor = try openPartial(path)
        try check(wasThere)
        guard lseek(descriptor, 0, SEEK_END) == 0 else { throw inTheWay(partial(path), canResume: canResume) }
        try AtomicFile.write(Array(record.text.utf8), to: self.record(path))
        return ResultFile(path, descriptor, nil, inPlace: false)
    }

    /// Goes on with an unfinished file, or begins one where there is none.
    ///
    /// - Parameter recover: What adds to the file, before it is read, that which its job had no time for.
    /// - Throws: When what it depends on has changed, or it is damaged.
    static func resume(
        _ path: FilePath,
        record: JobRecord,
        form: RecordForm,
        recover: (_ descriptor: Int32) throws(PenstockError) -> Void = { _ in }
    ) throws(PenstockError) -> ResultFile {
        guard FileSystem.exists(partial(path)) else {
            return try create(path, record: record, form: form, canResume: true)
        }
        guard let text = try? SmallFile.text(self.record(path)), !text.isEmpty else {
            // A job that died before it could say what it depends on has no results either.
            guard FileSystem.kind(partial(path)) == .regular(bytes: 0) else { throw lostRecord(path) }
            return try create(path, record: record, form: form, canResume: true)
        }
        let before = JobRecord(text: text)
        let changed = record.differences(from: before)
        guard changed.isEmpty else { throw refusal(path, changed) }
        let descriptor = try openPartial(path)
        try recover(descriptor)
        let finding = try RecordScanner(form, name: partial(path)).scan(descriptor: descriptor, isComplete: false)
        guard ftruncate(descriptor, finding.wholeLength) == 0 else { throw SystemFailure.writing(partial(path), errno) }
        lseek(descriptor, 0, SEEK_END)
        return ResultFile(path, descriptor, finding, inPlace: false)
    }

    /// How many results of a complete file are errors.
    static func failures(in path: FilePath, _ form: RecordForm) throws(PenstockError) -> Int {
        let descriptor = try PartialFile.open(path, O_RDONLY)
        defer { close(descriptor) }
        return try RecordScanner(form, name: path).scan(descriptor: descriptor, isComplete: true).failures
    }

    private init(_ path: FilePath, _ descriptor: Int32, _ finding: RecordScanner.Finding?, inPlace: Bool) {
        let recorded = finding.flatMap { $0.wholeLength > 0 ? $0 : nil }
        self.init(
            path: path,
            descriptor: descriptor,
            recorded: recorded?.items,
            recordedFailures: recorded?.failures ?? 0,
            isInPlace: inPlace
        )
    }

    /// What to say of something unfinished that is not to be gone on with.
    static func inTheWay(_ path: FilePath, canResume: Bool) -> PenstockError {
        PenstockError(
            .unfinished,
            at: .configure,
            "\(path) holds the results of a job that did not finish. "
                + (canResume ? "Add --resume to go on, or remove it to start again." : "Remove it to start again.")
        )
    }

    private static func lostRecord(_ path: FilePath) -> PenstockError {
        PenstockError(
            .unfinished,
            at: .configure,
            "\(partial(path)) cannot be resumed: \(record(path)), which says what its results depend on, is gone. "
                + "Remove it and start again."
        )
    }

    private static func refusal(_ path: FilePath, _ changed: [String]) -> PenstockError {
        PenstockError(
            .unfinished,
            at: .configure,
            "\(partial(path)) cannot be resumed, because something that its results depend on has changed: "
                + "\(changed.joined(separator: ", ")). Run with what it was begun with, or remove it and start again."
        )
    }

    /// Opens the unfinished file for this job alone.
    private static func openPartial(_ path: FilePath) throws(PenstockError) -> Int32 {
        let taken = PenstockError(
            .unfinished,
            at: .configure,
            "Another penstock is writing \(path); let it end, or name another file."
        )
        return try PartialFile.open(for: path, taken: taken)
    }
}

// MARK: - Ending

extension ResultFile {
    /// Gives the file its name, once everything is on the disk.
    func complete() throws(PenstockError) {
        if isInPlace { return }
        try PartialFile.complete(descriptor, as: path)
        _ = unsafe Self.record(path).withCString { unsafe unlink($0) }
    }

    /// Removes what there is, for a job whose memory nobody needs any more.
    func discard() {
        for path in [partial, Self.record(path)] { _ = unsafe path.withCString { unsafe unlink($0) } }
    }

    /// What to tell a user whose job ended early, if the results can be gone on with.
    func advice(canResume: Bool) -> String? {
        if isInPlace { return nil }
        let kept = "What was finished is in \(partial)"
        return canResume ? kept + "; run the same command with --resume to go on." : kept + "."
    }
}

extension PenstockError.Code {
    /// Results of an unfinished job are in the way, or cannot be gone on with.
    static let unfinished = Self(rawValue: "unfinished")
}
