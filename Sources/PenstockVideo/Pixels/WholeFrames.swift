internal import CFFmpeg
package import PenstockCore
internal import PenstockImages

/// Converts whole frames to RGB, upright, each with its own matrix and range.
package final class WholeFrames {
    private let upright = UprightRows()
    private let scaled = ScaledRows()

    package init() {}

    /// Hands a frame to a sink row by row.
    package func deliver(_ frame: VideoFrame, to sink: any RowSink) throws(PenstockError) {
        // The frame holds its pixels for the length of this call.
        let pointer = unsafe frame.pointer
        let conversion = unsafe FrameConversion(pointer, of: nil)
        if case .swscale = conversion {
            try unsafe deliverScaled(pointer, frame, to: sink)
            return
        }
        let rows = unsafe FrameRows(frame: pointer, conversion: conversion)
        try unsafe upright.deliver(frame.storedSize, frame.orientation, to: sink) {
            (destination, stride, first, count) throws(PenstockError) in
            // There is room for `count` rows, `stride` bytes apart.
            for row in 0..<count { unsafe rows.write(first + row, to: destination + row * stride) }
        }
    }

    private func deliverScaled(
        _ pointer: UnsafeMutablePointer<AVFrame>,
        _ frame: VideoFrame,
        to sink: any RowSink
    ) throws(PenstockError) {
        let pixels = try unsafe scaled.convert(pointer)
        defer { scaled.trim() }
        let rowBytes = frame.storedSize.width * 3
        try unsafe upright.deliver(frame.storedSize, frame.orientation, to: sink) {
            (destination, stride, first, count) throws(PenstockError) in
            // The scaler made every row, without gaps between them.
            for row in 0..<count {
                unsafe (destination + row * stride).update(from: pixels + (first + row) * rowBytes, count: rowBytes)
            }
        }
    }
}
