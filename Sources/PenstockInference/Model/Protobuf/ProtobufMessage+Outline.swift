extension ProtobufMessage {
    /// Whether there is a field at least, and the fields fill the message exactly. The fields' own content is not looked
    /// at.
    var isWhole: Bool {
        guard !range.isEmpty else { return false }
        var fields = fields
        do {
            while try fields.next() != nil {}
            return true
        } catch {
            return false
        }
    }
}
