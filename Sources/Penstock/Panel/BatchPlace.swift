/// Where one picture goes: a slot in the input of each model.
protocol PicturePlace {
    /// The memory that a model's picture goes to, of the size that its contract asks for.
    func slot(of member: Int) -> UnsafeMutableRawBufferPointer
}

/// One picture's place in a batch.
struct BatchPlace: PicturePlace {
    let lease: PanelLease
    let position: Int

    /// The flow gives each place of a lease to one item at a time.
    func slot(of member: Int) -> UnsafeMutableRawBufferPointer {
        unsafe lease.slot(of: member, at: position)
    }
}
