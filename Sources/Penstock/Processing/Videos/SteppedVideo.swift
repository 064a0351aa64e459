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
                Self.run(VideoItems(name, location, opening), operations, name, pool, opening.meters) {
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
        _ operations: [PictureOperation],
        _ name: FilePath,
        _ pool: FramePool,
        _ meters: StageMeters,
        emit: @escaping (InputElement) -> Void
    ) {
        do throws(PenstockError) {
            let steps = try StreamSteps(operations, of: name, pool: pool, meters: meters, emit: emit)
            while let element = items.next() {
                guard case .item(let input) = element, case .frame(let frame) = input.location else {
                    emit(element)
                    continue
                }
                let start = MonotonicTime.now
                let waitedBefore = pool.timeWaiting
                steps.add(frame)
                meters.add(.now - start - (pool.timeWaiting - waitedBefore), to: .preprocess)
            }
            steps.finish()
        } catch {
            emit(.value(FailedInput(source: name, index: 0, error: error)))
        }
    }
}
