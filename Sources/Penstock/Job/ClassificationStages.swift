internal import PenstockCore
internal import PenstockFlow
internal import PenstockInference
internal import PenstockVideo

/// What a classification job does with its pictures: loads each straight into its place in the input tensor of every
/// model, runs the models, and reads the classes out.
final class ClassificationStages: FlowStages {
    /// A picture that waits in a batch: its result, which lacks nothing but the classes.
    typealias Loaded = ClassifiedPicture

    private let panel: Panel
    private let options: ClassificationJob.Options
    private let meters: StageMeters
    /// How each model's output is read.
    let readers: [ScoreReader]

    init(panel: Panel, options: ClassificationJob.Options, meters: StageMeters) {
        self.panel = panel
        self.options = options
        self.meters = meters
        readers = panel.members.map {
            $0.contract.scoreReader(topCount: options.topCount, minScore: options.minimumScore)
        }
    }
}

// MARK: - Loading

extension ClassificationStages {
    func makeLoader() -> PictureLoader {
        PictureLoader(panel.members.map(\.contract.preprocessing), options: options, meters: meters)
    }

    func load(
        _ item: PictureInput,
        into lease: PanelLease,
        at position: Int,
        with loader: PictureLoader
    ) -> LoadOutcome<Loaded, ClassifiedPicture> {
        do throws(PenstockError) {
            return .filled(
                result(of: item, loaded: try loader.load(item, into: BatchPlace(lease: lease, position: position)))
            )
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
    func run(_ lease: PanelLease, count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        let start = MonotonicTime.now
        lease.start(count: count) { [meters] in
            meters.add(.now - start, to: .infer)
            // What failed is told of by the lease, for each picture and model that it concerns.
            whenDone(nil)
        }
    }

    func value(
        of loaded: ClassifiedPicture,
        from lease: PanelLease,
        at position: Int,
        failure: PenstockError?
    ) -> ClassifiedPicture {
        var result = loaded
        if let failure {
            result.outcome = .failed(failure)
        } else if readers.count > 1 {
            result.answers = readers.indices.map { answer(of: $0, in: lease, at: position) }
            result.outcome = ClassifiedPicture.Outcome(result.answers)
        } else {
            complete(&result, from: lease, at: position)
            result.answerAlone(panel.members[0].name)
        }
        return result
    }

    /// Adds what the only model says.
    private func complete(_ result: inout ClassifiedPicture, from lease: PanelLease, at position: Int) {
        do throws(PenstockError) {
            // The output stays valid until the lease is given back, which is after this.
            let output = unsafe try lease.output(of: 0, at: position)
            result.outcome = .classified(unsafe try readers[0].classes(in: output))
            if options.looksOverTime, result.moment != nil {
                result.companions.scores = unsafe try readers[0].scores(in: output)
            }
        } catch {
            result.outcome = .failed(error)
        }
    }

    private func answer(of member: Int, in lease: PanelLease, at position: Int) -> ClassifiedPicture.Answer {
        let outcome = Result { () throws(PenstockError) in
            // The output stays valid until the lease is given back, which is after this.
            let output = unsafe try lease.output(of: member, at: position)
            return unsafe try readers[member].classes(in: output)
        }
        return ClassifiedPicture.Answer(model: panel.members[member].name, outcome: outcome)
    }
}
