import CFFmpeg

/// FFmpeg's log, kept from standard error: each thread asks for its own first error.
package enum FFmpegLog {
    /// Runs once, the first time that anything here is used.
    private static let captured: Void = penstock_av_log_capture()

    /// Forgets this thread's message; call it before work whose message matters.
    package static func clear() {
        _ = captured
        penstock_av_log_clear()
    }

    /// This thread's first error since it was cleared; empty when there was none.
    package static var message: String {
        // The message is a NUL-terminated variable of this thread.
        unsafe String(cString: penstock_av_log_message())
    }

    /// FFmpeg's name for the filter that said it; empty where it was none.
    package static var filter: String {
        // As above.
        unsafe String(cString: penstock_av_log_filter())
    }
}
