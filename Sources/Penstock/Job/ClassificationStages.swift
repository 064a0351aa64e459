internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockInference

/// What a classification job does with its pictures: loads each straight into its place in a request's input tensor,
/// runs the request, and reads the classes out.
final class ClassificationStages: FlowStages {
    /// What is known of a picture that waits in a batch.
    struct Loaded: Sendable {
        let index: Int
        let name: FilePath
        let size: ImageSize
        let isTruncated: Bool
    }

    private let session: Session
    private let options: ClassificationJob.Options
    private let meters: StageMeters
    private let reader: ScoreReader

    init(session: Session, options: ClassificationJob.Options, meters: StageMeters) {
        self.session = session
        self.options = options
        self.meters = meters
        reader = session.contract.scoreReader(topCount: options.topCount, minScore: options.minimumScore)
    }
}

// MARK: - Loading

extension ClassificationStages {
    func makeLoader() -> PictureLoader {
        PictureLoader(session.contract.preprocessing, options: options, meters: meters)
    }

    func load(
        _ item: PictureInput,
        into lease: RequestLease,
        at position: Int,
        with loader: PictureLoader
    ) -> LoadOutcome<Loaded, ClassifiedPicture> {
        let bytes = session.contract.preprocessing.byteCount
        // The flow gives each place of a lease to one item at a time.
        let slot = unsafe UnsafeMutableRawBufferPointer(
            rebasing: lease.request.input[(position * bytes)..<((position + 1) * bytes)]
        )
        do throws(PenstockError) {
            let info = unsafe try loader.load(item, into: slot)
            return .filled(Loaded(index: item.index, name: item.name, size: info.size, isTruncated: info.truncated))
        } catch {
            return .failed(ClassifiedPicture(source: item.name, index: item.index, outcome: .failed(error)))
        }
    }
}

// MARK: - Inference

extension ClassificationStages {
    func run(_ lease: RequestLease, count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        let start = MonotonicTime.now
        lease.request.start(count: count) { [meters] failure in
            meters.add(.now - start, to: .infer)
            whenDone(failure)
        }
    }

    func value(
        of loaded: Loaded,
        from lease: RequestLease,
        at position: Int,
        failure: PenstockError?
    ) -> ClassifiedPicture {
        ClassifiedPicture(
            source: loaded.name,
            index: loaded.index,
            size: loaded.size,
            isTruncated: loaded.isTruncated,
            outcome: outcome(lease, position, failure)
        )
    }

    private func outcome(_ lease: RequestLease, _ position: Int, _ failure: PenstockError?) -> ClassifiedPicture.Outcome
    {
        if let failure { return .failed(failure) }
        do throws(PenstockError) {
            // The output stays valid until the lease is given back, which is after this.
            let output = unsafe lease.request.output(at: position)
            return .classified(unsafe try reader.classes(in: output))
        } catch {
            return .failed(error)
        }
    }
}
