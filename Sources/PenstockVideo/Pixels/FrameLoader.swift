package import PenstockCore

package final class FrameLoader {
    package init(_ preprocessing: Preprocessing, convertsWhole: Bool = false) {}
    package func load(_ frame: VideoFrame, into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) {}
}

package struct GrayThumbnail: Sendable {
    package init(_ frame: VideoFrame) {}
    package func largestChange(from other: GrayThumbnail) -> Double { 0 }
}
