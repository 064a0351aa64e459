internal import PenstockCore
internal import PenstockFlow

/// What a processing job does with its items: makes a file of each in a slot, and has the slot written to the disk.
final class ProcessingStages: FlowStages {
    typealias Loaded = PendingItem

    private let plan: ProcessingPlan
    private let writing: DiskWriting
    private let meters: StageMeters

    init(_ plan: ProcessingPlan, _ writing: DiskWriting, _ meters: StageMeters) {
        self.plan = plan
        self.writing = writing
        self.meters = meters
    }
}

extension ProcessingStages {
    func makeLoader() -> Result<ProcessingLoader, PenstockError> {
        do throws(PenstockError) {
            return .success(try ProcessingLoader(plan, meters: meters))
        } catch {
            return .failure(error)
        }
    }

    func load(
        _ item: PictureInput,
        into slot: OutputSlot,
        at position: Int,
        with loader: Result<ProcessingLoader, PenstockError>
    ) -> LoadOutcome<PendingItem, PendingItem> {
        do throws(PenstockError) {
            return try loader.get().load(item, into: slot)
        } catch {
            return .failed(PendingItem(result: ProcessedPicture(item, .failed(error)), video: item.video))
        }
    }

    func run(_ slot: OutputSlot, count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        writing.add(slot, whenDone: whenDone)
    }

    func value(
        of loaded: PendingItem,
        from slot: OutputSlot,
        at position: Int,
        failure: PenstockError?
    ) -> PendingItem {
        // The slot would keep the file from disappearing with its item.
        slot.file = nil
        return failure.map { loaded.failed($0) } ?? loaded
    }
}
