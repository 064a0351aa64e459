internal import PenstockCore

/// Gives finished files their names, a batch at a time, in the order of the items. One thread uses it.
///
/// Only here is it decided which of several sources gets a name, so that it follows from their order alone.
final class Naming {
    private let folder: OutputFolder
    private let choice: ConflictChoice
    private let conflicts: Conflicts
    private let durability: Durability?
    private let record: (any ProcessRecord)?
    private var numbers = NumberedNames()

    init(in folder: OutputFolder, _ settings: OutputSettings, record: (any ProcessRecord)?) {
        self.folder = folder
        choice = settings.onConflict
        conflicts = Conflicts(in: folder, settings.onConflict)
        durability = settings.isDurable ? Durability() : nil
        self.record = record
    }
}

extension Naming {
    /// Finishes a batch of items.
    ///
    /// - Throws: When the record of them cannot be kept, which ends the job.
    func finish(_ batch: [PendingItem]) throws(PenstockError) -> [ProcessedPicture] {
        var spoken: Set<FilePath> = []
        var items = batch.map { decided($0, &spoken) }
        if items.contains(where: { $0.file != nil }) { try record?.intend(items.map(\.result)) }
        items = items.map(named)
        if let durability { items = durability.sync(items, below: folder.path) }
        let results = items.map(\.result)
        try record?.conclude(results)
        return results
    }

    /// An item under the name that it is to get, going by what lies at its place.
    private func decided(_ item: PendingItem, _ spoken: inout Set<FilePath>) -> PendingItem {
        guard item.file != nil, let output = item.result.outcome.file?.output else { return item }
        let source = item.result.source
        var decided = item
        do throws(PenstockError) {
            switch try conflicts.ruling(on: output, of: source, from: item.origin, isSpoken: spoken.contains(output)) {
            case .write: break
            case .skip: return item.skipped(output)
            case .number: decided.result.outcome.file?.output = try numbered(output, spoken)
            }
        } catch {
            return item.failed(error)
        }
        if let output = decided.result.outcome.file?.output { spoken.insert(output) }
        return decided
    }

    private func numbered(_ output: FilePath, _ spoken: Set<FilePath>) throws(PenstockError) -> FilePath {
        try numbers.next(for: output) { name in
            !spoken.contains(name) && folder.occupant(of: place(of: name)) == nil
        }
    }

    private func place(of output: FilePath) -> FilePath { folder.path.appending(output.bytes) }
}

// MARK: - Giving names

extension Naming {
    private func named(_ item: PendingItem) -> PendingItem {
        guard let file = item.file else { return item }
        do throws(PenstockError) {
            return choice == .overwrite ? try replacing(item, file) : try adding(item, file)
        } catch {
            return item.failed(error)
        }
    }

    private func replacing(_ item: PendingItem, _ file: UnfinishedFile) throws(PenstockError) -> PendingItem {
        guard let output = item.result.outcome.file?.output else { return item }
        // A disk that takes `A.jpg` for `a.jpg` shows only now that an item before this one had the name.
        let ruling = try conflicts.ruling(on: output, of: item.result.source, from: item.origin, isSpoken: false)
        precondition(ruling == .write, "what may be overwritten is written")
        try file.replace(place(of: output))
        return item
    }

    /// Names the file; another program may have taken the name since that was decided.
    private func adding(_ item: PendingItem, _ file: UnfinishedFile) throws(PenstockError) -> PendingItem {
        var item = item
        while let output = item.result.outcome.file?.output {
            if try file.take(place(of: output)) == .given { return item }
            switch try conflicts.ruling(on: output, of: item.result.source, from: item.origin, isSpoken: false) {
            case .skip: return item.skipped(output)
            case .number: item.result.outcome.file?.output = try numbered(output, [])
            // It is free again.
            case .write: continue
            }
        }
        return item
    }
}

/// `NamingThread` alone has it, and uses it on its one thread.
extension Naming: @unchecked Sendable {}
