internal import PenstockImages

/// What a decoder said of data that it could not decode.
struct DecoderComplaint: Hashable {
    let status: Int32?
    /// The log's words, to be put behind a phrase; empty where a thread of the decoder's own has logged them.
    let reason: String

    /// Says nothing.
    init() {
        (status, reason) = (nil, "")
    }

    /// Takes note of a status that this thread has just got.
    init(_ status: Int32) {
        self.status = status
        let said = FFmpegLog.message
        reason = said.isEmpty ? "" : " (\(said))"
        FFmpegLog.clear()
    }
}
