internal import PenstockCore

extension PenstockError {
    /// FFmpeg refuses a chain of filters, or one of them failed at its work.
    static func filter(_ description: String, _ reason: String, status: Int32) -> Self {
        Self(
            .invalidConfiguration,
            at: .preprocess,
            "FFmpeg's filters \"\(description)\" do not work here: \(reason). Check their names and options "
                + "(ffmpeg -filters lists them).",
            status: status
        )
    }
}
