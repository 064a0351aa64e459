internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// Pictures that tasks bring as pixels, as inputs of a job, in bounded memory.
final class PixelInputs: Sendable {
    /// A picture with its name.
    struct Named: Sendable {
        let name: FilePath
        let pixels: PixelBuffer
    }

    private let queue: BehindQueue<Named>
    private let hasEnded = Atomic(false)

    /// Prepares to hold up to `limit` pictures.
    init(limit: Int) {
        queue = BehindQueue(limit: limit, whenFull: .wait)
    }
}

extension PixelInputs {
    /// Brings a picture; returns as soon as there is room for it.
    ///
    /// - Throws: `CancellationError` where the task or the job was cancelled, or no more pictures are taken.
    func add(_ pixels: PixelBuffer, named name: FilePath) async throws {
        _ = try await queue.add(Named(name: name, pixels: pixels))
    }

    /// How many pictures have found room so far.
    var acceptedCount: Int { queue.acceptedCount }

    /// Says that no picture follows, and waits until the job has all of them.
    func finish() async throws { try await queue.finish() }

    /// Gives up what waits, and takes no more: nobody will ask for it.
    func cancel() {
        queue.cancel()
        end()
    }

    /// The next picture, on the job's thread; `nil` when there will be none.
    func next() -> Named? {
        if let next = queue.next() { return next }
        end()
        return nil
    }

    private func end() {
        guard !hasEnded.exchange(true, ordering: .relaxed) else { return }
        queue.end(queue.isCancelled ? .failure(CancellationError()) : .success(()))
    }
}

/// Two are equal only when they are one.
extension PixelInputs: Hashable {
    static func == (left: PixelInputs, right: PixelInputs) -> Bool { left === right }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
