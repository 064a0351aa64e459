internal import CFFmpeg
internal import PenstockCore

extension PixelBuffer {
    /// Becomes a copy of a frame that is in FFmpeg's format for `layout`.
    mutating func copy(_ frame: UnsafeMutablePointer<AVFrame>, _ layout: PixelLayout) {
        // The frame is readable for the length of the call.
        let size = unsafe ImageSize(width: Int(frame.pointee.width), height: Int(frame.pointee.height))
        let (start, stride) = unsafe (frame.pointee.data.0!, Int(frame.pointee.linesize.0))
        reshape(to: size, layout)
        let rowBytes = rowBytes
        unsafe withUnsafeMutableBytes { target in
            for row in 0..<size.height {
                // The frame has a row of this length for each of its height; upside down, strides are below zero.
                let source = unsafe UnsafeRawBufferPointer(start: start + row * stride, count: rowBytes)
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[row * rowBytes..<(row + 1) * rowBytes])
                    .copyMemory(from: source)
            }
        }
    }
}
