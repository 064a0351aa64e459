internal import Glibc
internal import PenstockCore

extension VideoLocation {
    /// What the files of MP4 and QuickTime begin with.
    private static let firstAtoms: Set<[UInt8]> = Set(
        ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp"].map { Array($0.utf8) }
    )

    /// Whether it may be MP4 or QuickTime by more than its name; what cannot be looked at twice may.
    var holdsAtoms: Bool {
        guard case .file(let path) = self, case .regular = FileSystem.kind(path) else { return true }
        let file = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else { return true }
        defer { close(file) }
        let head = (try? Descriptor.read(file, upTo: 8, path: path)) ?? []
        return Self.firstAtoms.contains(Array(head.dropFirst(4)))
    }
}
