internal import CFFmpeg
internal import CPenstockKernels
internal import PenstockCore
internal import PenstockImages

extension PlanarPicture {
    /// The planes of a frame, for as long as the caller holds it; nil where it is not made of such.
    init?(_ frame: UnsafeMutablePointer<AVFrame>) {
        // The frame is readable, and its planes are as its format says.
        guard let yuv = unsafe PlanarYUV(frame.pointee, isVideo: true) else { return nil }
        let size = unsafe ImageSize(width: Int(frame.pointee.width), height: Int(frame.pointee.height))
        let width = yuv.colors.halves_width ? (size.width + 1) / 2 : size.width
        let height = yuv.halvesHeight ? (size.height + 1) / 2 : size.height
        let chroma: Chroma
        switch yuv.chroma {
        case .none: chroma = .none
        case .separate:
            let (u, v) = unsafe (frame.plane(1, width, height, yuv.colors), frame.plane(2, width, height, yuv.colors))
            guard let u, let v else { return nil }
            chroma = .separate(u: u, v: v)
        case .shared:
            guard let plane = unsafe frame.plane(1, 2 * width, height, yuv.colors) else { return nil }
            chroma = .shared(plane, startsWithV: yuv.vOffset < yuv.uOffset)
        }
        guard let luma = unsafe frame.plane(0, size.width, size.height, yuv.colors) else { return nil }
        self.init(size: size, luma: luma, chroma: chroma, halvesHeight: yuv.halvesHeight, colors: yuv.colors)
    }
}

extension UnsafeMutablePointer<AVFrame> {
    /// A plane of `height` rows of `width` samples.
    fileprivate func plane(
        _ index: Int,
        _ width: Int,
        _ height: Int,
        _ colors: penstock_yuv
    ) -> PlanarPicture.Plane? {
        // The frame's first planes and strides, by number.
        let (start, stride) =
            switch index {
            case 0: unsafe (pointee.data.0, Int(pointee.linesize.0))
            case 1: unsafe (pointee.data.1, Int(pointee.linesize.1))
            default: unsafe (pointee.data.2, Int(pointee.linesize.2))
            }
        guard let start = unsafe start else { return nil }
        // What the kernels read behind the last row may be anything, but it must be the frame's own memory.
        let block = Int(PENSTOCK_ROW_SLACK)
        let read = (height - 1) * stride + (width + block - 1) / block * block
        let hasSlack = unsafe stride > 0 && colors.sample_bytes == 1 && penstock_av_holds(self, start, read)
        return unsafe PlanarPicture.Plane(
            start: start,
            stride: stride,
            width: width,
            height: height,
            hasSlack: hasSlack
        )
    }
}
