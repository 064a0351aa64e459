internal import CFFmpeg
internal import PenstockImages

/// What FFmpeg has to say of a failure.
enum FFmpegWords {
    /// This thread's first message since the log was cleared, or the meaning of the status where there was none.
    static func latest(_ status: Int32) -> String {
        let said = FFmpegLog.message
        return said.isEmpty ? meaning(of: status) : said
    }

    /// The same, with the name of the filter that said it.
    static func latestOfFilter(_ status: Int32) -> String {
        // Filters without a name of their own are called `Parsed_scale_0`.
        let parts = FFmpegLog.filter.split(separator: "_")
        let isNumbered = parts.count > 2 && parts.first == "Parsed"
        let name = isNumbered ? parts.dropFirst().dropLast().joined(separator: "_") : FFmpegLog.filter
        return name.isEmpty ? latest(status) : "\(name): \(latest(status))"
    }

    /// The meaning of a status.
    static func meaning(of status: Int32) -> String {
        var text = [CChar](repeating: 0, count: 128)
        // The call writes at most the size that it is given, and ends it with a NUL.
        unsafe av_strerror(status, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
