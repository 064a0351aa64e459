internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// FFmpeg's filters, which are loaded when the first of them is needed.
enum FilterLibrary {
    /// The library's functions.
    ///
    /// - Throws: Where libavfilter is not installed.
    static func load() throws(PenstockError) -> penstock_av_filters {
        FFmpegLog.clear()
        guard let table else {
            throw PenstockError(
                .notFound,
                at: .configure,
                "Filters need FFmpeg's libavfilter.so.\(LIBAVFILTER_VERSION_MAJOR), which is not installed here. "
                    + "Install it: apt-get install libavfilter\(LIBAVFILTER_VERSION_MAJOR)."
            )
        }
        return table
    }

    /// Loaded once, whoever comes first. A constant of the process from then on: functions of a library that stays.
    private static let table: penstock_av_filters? = unsafe penstock_av_filters_load()?.pointee
}
