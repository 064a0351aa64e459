internal import PenstockCore
internal import PenstockImages

extension OutputSettings {
    /// Refuses what could be done to no picture, before any is read.
    func check(_ operations: [PictureOperation]) throws(PenstockError) {
        guard case .picture(let encoding) = format else { return }
        try encoding.check()
        guard isLossless, case .jpeg = encoding else { return }
        try LosslessJPEG.check(operations.compactMap { if case .pixels(let operation) = $0 { operation } else { nil } })
    }
}
