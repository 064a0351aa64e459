internal import Glibc
package import Penstock
package import PenstockCore

/// What a processing job remembers on disk, so that it can go on after whatever ended it.
///
/// It is the manifest where there is one, and else the same in a hidden folder that is gone when the job is done.
package struct JobMemory {
    private let file: ResultFile
    private let intent: IntentFile
    private let hidden: FilePath?
    /// What the job tells its steps.
    package let ledger: JobLedger

    /// What has been done before.
    package var recorded: RecordedItems? { file.recorded }

    /// When that began, by which its files are told from those that were there before.
    package var began: DiskTime? { file.began }

    /// How many of those are errors.
    package var recordedFailures: Int { file.recordedFailures }
}

extension JobMemory {
    /// Opens the memory of a job, with what an earlier run left where that is to be gone on with.
    ///
    /// - Throws: When there is something unfinished that nobody asked to go on with, or that this job cannot go on with.
    package static func open(_ options: ProcessOptions) throws(PenstockError) -> JobMemory {
        let form = RecordForm.manifest(videosAreWhole: !options.output.format.isPicture)
        let hidden = options.hiddenFolder
        if let hidden { try FileSystem.makeDirectory(hidden) }
        let path = hidden?.appending("manifest.jsonl") ?? options.manifest.manifest ?? ""
        let file = try file(path, options, form)
        let intent = try IntentFile(for: path)
        // What it held is in the manifest now, or will be done again.
        try intent.clear()
        let ledger = JobLedger(file, intent, isDurable: options.output.settings.isDurable)
        return JobMemory(file: file, intent: intent, hidden: hidden, ledger: ledger)
    }

    private static func file(
        _ path: FilePath,
        _ options: ProcessOptions,
        _ form: RecordForm
    ) throws(PenstockError) -> ResultFile {
        let record = JobRecord(options)
        guard options.manifest.resumes else {
            return try .create(path, record: record, form: form, canResume: true) { (wasThere) throws(PenstockError) in
                if wasThere { try checkAbsence(of: path, options) }
            }
        }
        return try .resume(path, record: record, form: form) { (descriptor) throws(PenstockError) in
            try Recovery(folder: options.output.folder, manifest: path).complete(descriptor)
        }
    }

    /// Makes sure that no job has done anything that this one is not to go on with. It may have died in its first batch,
    /// with files named and nothing in the manifest.
    ///
    /// What is beside a manifest that is gone counts for nothing: one removal is enough to start again.
    private static func checkAbsence(of path: FilePath, _ options: ProcessOptions) throws(PenstockError) {
        let partial = ResultFile.partial(path)
        let isEmpty = FileSystem.kind(partial) == .regular(bytes: 0)
        if isEmpty, try IntentFile.lines(for: path).isEmpty { return }
        throw ResultFile.inTheWay(options.hiddenFolder ?? partial, canResume: true)
    }

    /// Ends the memory of a job that is done: a manifest gets its name, anything else goes.
    package func complete() throws(PenstockError) {
        if hidden != nil { return discard() }
        try file.complete()
        intent.remove()
    }

    /// Removes everything, for a job that is done without a manifest, or that has not begun.
    package func discard() {
        file.discard()
        intent.remove()
        if let hidden { _ = unsafe hidden.withCString { unsafe rmdir($0) } }
    }

    /// Whether nothing has been done yet.
    var isEmpty: Bool { lseek(file.descriptor, 0, SEEK_END) == 0 && intent.isEmpty }
}

extension ProcessOptions {
    /// Where the memory lies of a job whose manifest, if there is one, cannot be read back.
    var hiddenFolder: FilePath? {
        manifest.manifest == nil || manifest.isInPlace ? output.folder.appending(".penstock") : nil
    }

    /// Whether there is anything to remember: one video is made from its beginning each time.
    var hasMemory: Bool { !output.isOneFile || hiddenFolder == nil }
}
