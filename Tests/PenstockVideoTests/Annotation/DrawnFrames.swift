import CFFmpeg
import PenstockCore
import PenstockImages

@testable import PenstockVideo

/// Makes frames without any decoder.
enum DrawnFrames {
    /// A grey frame, a little lighter the higher its number is.
    static func make(
        _ number: Int,
        time: Duration?,
        duration: Duration? = .milliseconds(40),
        size: ImageSize = ImageSize(width: 320, height: 180),
        format: AVPixelFormat = AV_PIX_FMT_YUV420P,
        orientation: Orientation = .upright,
        pool: FramePool = FramePool(limit: 1000)
    ) -> VideoFrame {
        let pointer = pool.take()!
        pointer.pointee.width = Int32(size.width)
        pointer.pointee.height = Int32(size.height)
        pointer.pointee.format = format.rawValue
        precondition(av_frame_get_buffer(pointer, 0) == 0)
        fill(pointer, luma: UInt8(60 + number % 60))
        return VideoFrame(
            adopting: pointer,
            from: pool,
            moment: FrameMoment(frame: number, time: time, duration: duration),
            orientation: orientation
        )
    }

    private static func fill(_ frame: UnsafeMutablePointer<AVFrame>, luma: UInt8) {
        let size = av_image_get_buffer_size(
            AVPixelFormat(rawValue: frame.pointee.format),
            frame.pointee.width,
            frame.pointee.height,
            1
        )
        let bytes = [UInt8](repeating: luma, count: Int(size))
        withUnsafeMutablePointer(to: &frame.pointee.data) { data in
            withUnsafeMutablePointer(to: &frame.pointee.linesize) { strides in
                data.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 4) { planes in
                    strides.withMemoryRebound(to: Int32.self, capacity: 4) { strides in
                        var sources: [UnsafeMutablePointer<UInt8>?] = [nil, nil, nil, nil]
                        var sourceStrides: [Int32] = [0, 0, 0, 0]
                        _ = av_image_fill_arrays(
                            &sources,
                            &sourceStrides,
                            bytes,
                            AVPixelFormat(rawValue: frame.pointee.format),
                            frame.pointee.width,
                            frame.pointee.height,
                            1
                        )
                        var constant = sources.map { UnsafePointer($0) }
                        av_image_copy(
                            planes,
                            strides,
                            &constant,
                            sourceStrides,
                            AVPixelFormat(rawValue: frame.pointee.format),
                            frame.pointee.width,
                            frame.pointee.height
                        )
                    }
                }
            }
        }
    }
}
