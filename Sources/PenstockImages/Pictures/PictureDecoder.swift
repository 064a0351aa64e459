package import PenstockCore

/// Decodes pictures of any format, one after another, into sinks that take upright RGB rows.
///
/// Each loader thread owns one and keeps it for life, so that buffers and library state are made once. A failure
/// leaves it ready for the next picture.
package final class PictureDecoder {
    private let jpeg = JPEGDecoder()
    private let others = FFmpegPictureDecoder()
    private let rows = UprightRows()

    package init() {}

    /// Decodes a picture, and returns what it is.
    ///
    /// The sink may have taken rows when this throws: a picture can turn out to be damaged at its last byte.
    package func decode(
        _ data: UnsafeRawBufferPointer,
        into sink: some RowSink,
        options: DecodeOptions = DecodeOptions()
    ) throws(PenstockError) -> PictureInfo {
        // `data` is readable for the length of this call, by its own contract, and nothing keeps it.
        switch try unsafe PictureContent(data) {
        case .jpeg: try unsafe jpeg.decode(data, to: sink, through: rows, options)
        case .known(let format): try unsafe others.decode(data, as: format, to: sink, through: rows, options)
        case .unknown: try unsafe others.decodeUnknown(data, to: sink, through: rows, options)
        }
    }

    /// Reads what a picture is from its header, without decoding pixels where the format allows.
    package func probe(_ data: UnsafeRawBufferPointer) throws(PenstockError) -> PictureInfo {
        // As above: the bytes are only looked at during the call.
        switch try unsafe PictureContent(data) {
        case .jpeg: try unsafe jpeg.probe(data)
        case .known(let format): try unsafe others.probe(data, as: format)
        case .unknown: try unsafe others.probeUnknown(data)
        }
    }
}

/// Where bytes go to be decoded, judged by their content alone.
private enum PictureContent {
    case jpeg
    case known(PictureFormat)
    /// FFmpeg's demuxers may know it.
    case unknown

    /// Judges the bytes; throws where they are plainly not a picture.
    init(_ data: UnsafeRawBufferPointer) throws(PenstockError) {
        guard unsafe !data.isEmpty else { throw .empty }
        // The span does not outlive `data`.
        let bytes = unsafe data.assumingMemoryBound(to: UInt8.self).span
        switch PictureFormat(content: bytes) {
        case .jpeg: self = .jpeg
        case let format?: self = .known(format)
        case nil:
            if let error = NotAPicture.error(for: bytes) { throw error }
            self = .unknown
        }
    }
}
