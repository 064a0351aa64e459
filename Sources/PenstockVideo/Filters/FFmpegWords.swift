internal import CFFmpeg
internal import PenstockImages

/// What FFmpeg has to say of a failure.
enum FFmpegWords {
    /// This thread's first message since the log was cleared, or the meaning of the status where there was none.
    static func latest(_ status: Int32) -> String {
        let said = FFmpegLog.message
        return said.isEmpty ? meaning(of: status) : said
    }

    /// The meaning of a status.
    static func meaning(of status: Int32) -> String {
        var text = [CChar](repeating: 0, count: 128)
        // The call writes at most the size that it is given, and ends it with a NUL.
        unsafe av_strerror(status, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
