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
        // The table is a constant of the process once it is filled; a copy of it is as good.
        guard let table = unsafe penstock_av_filters_load() else {
            throw PenstockError(
                .notFound,
                at: .configure,
                "Filters need FFmpeg's libavfilter.so.\(LIBAVFILTER_VERSION_MAJOR), which is not installed here. "
                    + "Install it: apt-get install libavfilter\(LIBAVFILTER_VERSION_MAJOR)."
            )
        }
        return unsafe table.pointee
    }
}
