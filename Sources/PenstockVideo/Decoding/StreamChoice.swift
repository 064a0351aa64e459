internal import CFFmpeg
internal import PenstockCore

/// Chooses among a container's streams as the `ffmpeg` program does.
enum StreamChoice {
    /// The stream of pictures: one with frames, the one marked as the default, the largest; never a cover.
    static func pictures(
        in context: UnsafeMutablePointer<AVFormatContext>
    ) throws(PenstockError) -> UnsafeMutablePointer<AVStream> {
        var best: UnsafeMutablePointer<AVStream>?
        var highest = -1
        for index in 0..<Int(unsafe context.pointee.nb_streams) {
            // `index` is below the number of streams.
            guard let stream = unsafe context.pointee.streams[index], let score = unsafe score(stream.pointee) else {
                continue
            }
            if score > highest { unsafe (best, highest) = (stream, score) }
        }
        guard let best = unsafe best else { throw .noPictures }
        let parameters = unsafe best.pointee.codecpar.pointee
        guard unsafe parameters.width > 0, unsafe parameters.height > 0 else {
            throw .noFrameSize(unsafe String(cString: avcodec_get_name(parameters.codec_id)))
        }
        return unsafe best
    }

    private static func score(_ stream: AVStream) -> Int? {
        let parameters = unsafe stream.codecpar.pointee
        let covers = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS
        guard unsafe parameters.codec_type == AVMEDIA_TYPE_VIDEO, unsafe stream.disposition & covers == 0 else {
            return nil
        }
        let pixels = unsafe Int(parameters.width) * Int(parameters.height)
        let isDefault = unsafe stream.disposition & AV_DISPOSITION_DEFAULT != 0
        return pixels + (isDefault ? 5_000_000 : 0)
    }

    /// Refuses frames of more than `limit` pixels.
    static func checkSizes(
        in context: UnsafeMutablePointer<AVFormatContext>,
        limit: Int
    ) throws(PenstockError) {
        for index in 0..<Int(unsafe context.pointee.nb_streams) {
            // `index` is below the number of streams.
            guard let parameters = unsafe context.pointee.streams[index]?.pointee.codecpar.pointee,
                unsafe parameters.codec_type == AVMEDIA_TYPE_VIDEO
            else { continue }
            let size = unsafe ImageSize(width: Int(parameters.width), height: Int(parameters.height))
            let (count, overflow) = size.width.multipliedReportingOverflow(by: size.height)
            guard !overflow, count <= limit else { throw .frameTooLarge(size, limit: limit) }
        }
    }

    /// Lets the demuxer pass over everything but the pictures.
    static func discardAll(
        but chosen: UnsafeMutablePointer<AVStream>,
        in context: UnsafeMutablePointer<AVFormatContext>
    ) {
        for index in 0..<Int(unsafe context.pointee.nb_streams) {
            // `index` is below the number of streams.
            guard let stream = unsafe context.pointee.streams[index], unsafe stream != chosen else { continue }
            unsafe stream.pointee.discard = AVDISCARD_ALL
        }
    }
}
