internal import PenstockCore
internal import PenstockFlow
internal import PenstockInference
internal import PenstockVideo

/// What a classification job does with its pictures: loads each straight into its place in a request's input tensor,
/// runs the request, and reads the classes out.
final class ClassificationStages: FlowStages {
    /// A picture that waits in a batch: its result, which lacks nothing but the classes.
    typealias Loaded = ClassifiedPicture

    private let session: Session
    private let options: ClassificationJob.Options
    private let meters: StageMeters
    let reader: ScoreReader

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
            return .filled(result(of: item, loaded: unsafe try loader.load(item, into: slot)))
        } catch {
            var result = ClassifiedPicture(source: item.name, index: item.index, outcome: .failed(error))
            result.note(item)
            return .failed(result)
        }
    }

    private func result(of item: PictureInput, loaded: LoadedPicture) -> ClassifiedPicture {
        var result = ClassifiedPicture(
            source: item.name,
            index: item.index,
            size: loaded.size,
            isTruncated: loaded.isTruncated,
            outcome: .classified([])
        )
        result.isDamaged = loaded.isDamaged
        result.note(item)
        if options.annotates {
            result.companions.frame = loaded.frame
            result.companions.bytes = loaded.bytes
        }
        return result
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
        of loaded: ClassifiedPicture,
        from lease: RequestLease,
        at position: Int,
        failure: PenstockError?
    ) -> ClassifiedPicture {
        var result = loaded
        if let failure {
            result.outcome = .failed(failure)
            return result
        }
        do throws(PenstockError) {
            // The output stays valid until the lease is given back, which is after this.
            let output = unsafe lease.request.output(at: position)
            if options.looksOverTime, result.moment != nil {
                result.companions.scores = unsafe try reader.scores(in: output)
            }
            result.outcome = .classified(unsafe try reader.classes(in: output))
        } catch {
            result.outcome = .failed(error)
        }
        return result
    }
}
