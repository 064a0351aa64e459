internal import PenstockCore
internal import PenstockFlow

/// What is completed in a watched folder, as inputs of a job.
struct WatchedFiles: IteratorProtocol {
    private let watch: FolderWatch
    private let unwanted: UnwantedFiles

    init(_ watch: FolderWatch, unwanted: UnwantedFiles) {
        self.watch = watch
        self.unwanted = unwanted
    }

    func next() -> InputElement? {
        while let element = watch.next() {
            switch element {
            case .file(let path, let arrival):
                return .item(PictureInput(index: 0, name: path, location: location(of: path), arrival: arrival))
            case .unwanted(let path):
                unwanted.add(path)
            case .failure(let path, let error):
                return .value(FailedInput(source: path, index: 0, error: error))
            }
        }
        return nil
    }

    private func location(of path: FilePath) -> PictureInput.Location {
        if case .video(let location) = MediaKind(path, isLive: false) { .video(location) } else { .file }
    }
}
