internal import PenstockCore
internal import PenstockImages

/// A place for one encoded file, from its encoding until it is on the disk.
///
/// There is a fixed number of them: that is what bounds the memory of files that wait for a slow disk.
final class OutputSlot {
    /// The file's bytes.
    let bytes = EncodedBytes()
    /// Where they go.
    var file: UnfinishedFile?
}

/// Two are equal only when they are one.
extension OutputSlot: Hashable {
    static func == (left: OutputSlot, right: OutputSlot) -> Bool { left === right }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}

/// One thread at a time has it: a loader, then a thread of the disk, then whoever makes the item's value. Each hands it
/// on through a lock.
extension OutputSlot: @unchecked Sendable {}
