internal import Glibc
internal import Penstock
internal import PenstockCore

/// Finds out which files a job that was killed had still given their names, of those that it was about to.
struct Recovery {
    private let folder: FilePath
    private let manifest: FilePath

    /// Looks for files below a job's folder.
    init(folder: FilePath, manifest: FilePath) {
        self.folder = folder
        self.manifest = manifest
    }

    /// Adds to an open manifest the lines of the last batch that hold and that it does not have.
    func complete(_ descriptor: Int32) throws(PenstockError) {
        let lines = try IntentFile.lines(for: manifest).split(separator: 0x0A)
        let entries = lines.map { ManifestLine($0) }
        // Files get their names in order: what stands behind the last that has its own is done again as a whole.
        guard let last = entries.lastIndex(where: { $0.map(isThere) ?? false }) else { return }
        let known = try cut(descriptor, lookingFor: entries.compactMap { $0.map(Key.init) })
        var found: [UInt8] = []
        for (line, entry) in zip(lines, entries).prefix(last + 1) {
            guard let entry, !known.contains(Key(entry)), entry.output == nil || isThere(entry) else { continue }
            found += line + [0x0A]
        }
        let failure = Descriptor.write(found, to: descriptor)
        guard failure == 0 else { throw SystemFailure.writing(manifest, failure) }
    }

    /// Cuts off what was being written when the job died, leaves the end to be written at, and returns which of `keys`
    /// the manifest has.
    private func cut(_ descriptor: Int32, lookingFor keys: [Key]) throws(PenstockError) -> Set<Key> {
        let wanted = Set(keys)
        var known: Set<Key> = []
        let form = RecordForm(option: "--manifest") { line in
            guard let entry = ManifestLine(line) else { return nil }
            if wanted.contains(Key(entry)) { known.insert(Key(entry)) }
            return entry.record
        }
        let finding = try RecordScanner(form, name: PartialFile.path(of: manifest))
            .scan(descriptor: descriptor, isComplete: true)
        guard ftruncate(descriptor, finding.wholeLength) == 0 else { throw SystemFailure.writing(manifest, errno) }
        lseek(descriptor, 0, SEEK_END)
        return known
    }

    /// A file has its name once its unfinished twin is gone: naming it is what takes the twin away.
    private func isThere(_ entry: ManifestLine) -> Bool {
        guard let output = entry.output, let bytes = entry.bytes else { return false }
        let path = folder.appending(output.bytes)
        let twin = ProcessingJob.unfinished(of: path, index: entry.record.index)
        return FileSystem.kind(path) == .regular(bytes: bytes) && !FileSystem.exists(twin)
    }
}

/// What tells the lines of a manifest apart: a video's line may have the number of its first frame.
private struct Key: Hashable {
    let index: Int
    let isFrame: Bool

    init(_ entry: ManifestLine) {
        index = entry.record.index
        isFrame = entry.isFrame
    }
}
