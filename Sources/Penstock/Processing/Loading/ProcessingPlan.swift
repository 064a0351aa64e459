internal import PenstockCore
internal import PenstockImages

/// What a job's loaders have to know to make a file of an input.
struct ProcessingPlan: Sendable {
    let settings: OutputSettings
    /// What is done to each still picture by the loaders.
    let operations: [PictureOperation]
    /// How many of these are done to a video's frames in their order, before a loader has them.
    let orderedCount: Int
    let decoding: DecodeOptions
    let folder: OutputFolder
    let naming: OutputNaming
    /// The name of the only output, where there is to be only one.
    let only: FilePath?
    let conflicts: Conflicts

    init(
        _ options: ProcessingJob.Options,
        of source: PictureSource,
        in folder: OutputFolder,
        only: FilePath?
    ) throws {
        self.only = only
        settings = options.output
        operations = options.operations
        orderedCount = options.operations.lastIndex { if case .filter = $0 { true } else { false } }.map { $0 + 1 } ?? 0
        decoding = DecodeOptions(maxPixels: options.maxPixels, allowTruncated: options.allowsTruncated)
        naming = try OutputNaming(options.output, of: source, only: only)
        conflicts = Conflicts(in: folder, options.output.onConflict)
        self.folder = folder
    }
}

extension ProcessingPlan {
    /// Whether the frames of videos become videos, and not pictures.
    var encodesVideos: Bool {
        switch settings.format {
        case .keep, .video: true
        case .picture: false
        }
    }

    /// The folder that is not gone through for inputs. That of one video is anyone's.
    var leavesOut: FilePath? { only == nil ? folder.path : nil }

    /// An input's file, once it is known what that is to be.
    struct Target {
        let input: PictureInput
        let form: OutputForm
        /// Its path below the folder of outputs.
        let output: FilePath
    }

    /// Where the file of an input goes that was read from `format`.
    func target(of input: PictureInput, _ format: PictureFormat?) throws(PenstockError) -> Target {
        let form = try OutputForm(settings, of: format, in: only?.lowercasedExtension)
        return Target(input: input, form: form, output: try naming.output(of: input, endings: form.endings))
    }

    /// The item's result, where its file is there already and that is enough.
    func skipped(_ target: Target) throws(PenstockError) -> PendingItem? {
        switch try conflicts.earlyRuling(on: target.output, from: target.input.file) {
        case .skip: return PendingItem(result: ProcessedPicture(target.input, .skipped(target.output)))
        case .write, .number: return nil
        }
    }

    /// The file of an item, which is not there yet.
    func unfinished(_ output: FilePath, index: Int) -> UnfinishedFile {
        let place = folder.path.appending(output.bytes)
        return UnfinishedFile(for: place, at: twin(of: place, index: index))
    }

    /// Where a file lies before it has its name. The folder of one video may be other jobs' as well, whose items have the
    /// same numbers.
    private func twin(of place: FilePath, index: Int) -> FilePath {
        guard let only else { return ProcessingJob.unfinished(of: place, index: index) }
        return place.parent.appending(Array(".penstock-\(index)-".utf8) + only.bytes)
    }

    /// Where a video is encoded: what is whole there becomes an unfinished file like any other.
    func encodingPlace(of file: UnfinishedFile) -> FilePath {
        only == nil ? FilePath(bytes: file.path.bytes + ".\(file.place.lowercasedExtension)".utf8) : file.path
    }
}

extension ProcessedPicture {
    /// What became of an input.
    init(_ input: PictureInput, _ outcome: Outcome) {
        self.init(source: input.name, index: input.index, outcome: outcome)
        moment = input.moment
    }

    /// What became of an input that there was nothing to load of.
    init(_ failed: FailedInput) {
        self.init(source: failed.source, index: failed.index, outcome: .failed(failed.error))
        moment = failed.moment
    }
}
