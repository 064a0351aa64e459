internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// A picture on its way to be drawn on.
struct AnnotatedPicture: Sendable {
    let source: PictureBytes
    let name: FilePath
    let annotation: Annotation
}

/// What a folder of annotated pictures and its thread share.
final class PictureWork: Sendable {
    let queue: BehindQueue<AnnotatedPicture>
    private let whenFailed: @Sendable (FilePath, PenstockError) -> Void
    private let written = Atomic(0)
    private let failed = Atomic(0)

    init(queue: BehindQueue<AnnotatedPicture>, whenFailed: @escaping @Sendable (FilePath, PenstockError) -> Void) {
        self.queue = queue
        self.whenFailed = whenFailed
    }

    /// How many pictures came to which end.
    var counts: (written: Int, failed: Int) {
        (written.load(ordering: .relaxed), failed.load(ordering: .relaxed))
    }

    /// Writes pictures until there are no more; the body of the thread.
    func run(_ makeWriter: () -> PictureWriter) {
        let writer = makeWriter()
        while let picture = queue.next() {
            do throws(PenstockError) {
                try writer.write(picture)
                written.add(1, ordering: .relaxed)
            } catch {
                failed.add(1, ordering: .relaxed)
                whenFailed(picture.name, error)
            }
        }
        queue.end(queue.isCancelled ? .failure(CancellationError()) : .success(()))
    }
}
