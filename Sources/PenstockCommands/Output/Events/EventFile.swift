internal import Glibc
internal import PenstockCore

/// A file of lines that a job writes beside its results: beside its place first, as `NAME.partial`, and renamed when it is whole.
///
/// A device or a pipe is written in place.
struct EventFile {
    /// The name that the file will have.
    let path: FilePath
    /// Where events are written.
    let descriptor: Int32
    private let isInPlace: Bool

    /// Begins a file, in place of whatever an earlier job left unfinished.
    ///
    /// - Parameter option: The option after which it is named.
    init(_ path: FilePath, of option: String) throws(PenstockError) {
        try AtomicFile.checkPlace(of: path)
        self.path = path
        isInPlace = FileSystem.kind(path) == .other
        guard !isInPlace else {
            descriptor = try PartialFile.open(path, O_WRONLY)
            return
        }
        let taken = PenstockError(
            .inputOutput,
            at: .configure,
            "Another penstock is writing \(path); let it end, or name another file after \(option)."
        )
        descriptor = try PartialFile.open(for: path, taken: taken)
        ftruncate(descriptor, 0)
    }

    /// Gives the file its name, once everything is on the disk.
    func complete() throws(PenstockError) {
        defer { close(descriptor) }
        if !isInPlace { try PartialFile.complete(descriptor, as: path) }
    }

    /// Leaves the file unfinished.
    func abandon() {
        close(descriptor)
    }
}
