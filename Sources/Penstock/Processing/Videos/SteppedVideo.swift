internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo
internal import Synchronization

/// A video's frames after the steps that need them in their order, as items of a job.
///
/// The steps run on a thread of their own: what they make of one frame can be any number of frames, and a thread can be
/// held up in the midst of that where memory for more is not to be had.
final class SteppedVideo: IteratorProtocol {
    private let merge: FairMerge<InputElement>

    /// Elements that may wait; the frames among them are bounded by their pool as well.
    private static let ahead = 4

    /// Begins to read a video.
    init(
        _ video: PictureInput,
        _ location: VideoLocation,
        _ opening: VideoItems.Opening,
        _ operations: [PictureOperation],
        pool: FramePool
    ) {
        merge = FairMerge { _, _, _ in }
        let lane = merge.addLane(.init(capacity: Self.ahead))
        let name = video.name
        do throws(PenstockError) {
            try DedicatedThread.start { [merge] in
                Self.run(VideoItems(name, location, opening), opening, operations, name, pool) {
                    _ = merge.offer($0, to: lane, mayDrop: false)
                }
                merge.finish(lane)
            }
        } catch {
            _ = merge.offer(.value(FailedInput(source: name, index: 0, error: error)), to: lane, mayDrop: false)
            merge.finish(lane)
        }
    }

    deinit {
        merge.close()
    }

    func next() -> InputElement? { merge.next() }

    private static func run(
        _ items: VideoItems,
        _ opening: VideoItems.Opening,
        _ operations: [PictureOperation],
        _ name: FilePath,
        _ pool: FramePool,
        emit: @escaping (InputElement) -> Void
    ) {
        do throws(PenstockError) {
            var count = 0
            let steps = try StreamSteps(operations, of: name, pool: pool) { element in
                count += 1
                emit(element)
            }
            while let element = items.next() {
                guard case .item(let input) = element, case .frame(let frame) = input.location else {
                    count += 1
                    emit(element)
                    continue
                }
                let start = MonotonicTime.now
                let waitedBefore = pool.timeWaiting
                steps.add(frame)
                opening.meters.add(.now - start - (pool.timeWaiting - waitedBefore), to: .preprocess)
            }
            steps.finish()
            if count == 0, !opening.stopping.isRaised { throw .nothingLeft(by: operations) }
        } catch {
            emit(.value(FailedInput(source: name, index: 0, error: error)))
        }
    }
}

extension PenstockError {
    /// A video of which no frame comes through.
    fileprivate static func nothingLeft(by operations: [PictureOperation]) -> Self {
        let filters = operations.compactMap { if case .filter(let description) = $0 { description } else { nil } }
        return Self(
            .notFound,
            at: .preprocess,
            "No frame of the video came out of \(filters.joined(separator: ", ")). Check what the filter lets through."
        )
    }
}
