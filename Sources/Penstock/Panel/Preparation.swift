internal import PenstockCore

/// A way in which a panel's pictures are prepared, and the models that share it.
struct Preparation {
    let preprocessing: Preprocessing
    /// The models' places in the panel, the one that the picture is prepared for first.
    private(set) var members: [Int]

    /// Every way that the models of a panel ask for, each once.
    static func distinct(_ preprocessings: [Preprocessing]) -> [Preparation] {
        preprocessings.enumerated().reduce(into: []) { found, wanted in
            if let same = found.firstIndex(where: { $0.preprocessing == wanted.element }) {
                found[same].members.append(wanted.offset)
            } else {
                found.append(Preparation(preprocessing: wanted.element, members: [wanted.offset]))
            }
        }
    }

    /// Has `write` put the picture into the slot of the first model, and copies it into those of the others.
    func fill(
        _ place: some PicturePlace,
        _ write: (UnsafeMutableRawBufferPointer) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        // The slots are the caller's for the length of the call.
        let first = unsafe place.slot(of: members[0])
        unsafe try write(first)
        // Equal preprocessing makes pictures of equal size, and every slot is of its picture's size.
        for member in members.dropFirst() {
            unsafe place.slot(of: member).copyMemory(from: UnsafeRawBufferPointer(first))
        }
    }
}
