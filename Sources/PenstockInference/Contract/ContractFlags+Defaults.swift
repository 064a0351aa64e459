internal import PenstockCore

extension ContractFlags {
    /// What the flags declare for a model that others share them with: nothing that the model's own input settles, and no
    /// channel order where the preset that it comes from is not the one that counts.
    func defaults(behind declared: [PartialContract], for input: ImageInput) throws(PenstockError) -> PartialContract {
        var partial = try partial()
        partial.isExplicit = false
        if input.fixedSize != nil { partial.size = nil }
        if (try? input.layout()) != nil { partial.layout = nil }
        let takesBytes = input.elementType == .uint8
        if takesBytes { partial.normalization = nil }
        if colorOrder == nil, takesBytes || declared.contains(where: { $0.normalization != nil }) {
            partial.colorOrder = nil
        }
        return partial
    }
}
