package final class Resampler: RowSink {
    package var allowsScaledDecoding = false
    package init(_ preprocessing: Preprocessing) {}
    package func smallestUsefulSize(of source: ImageSize) -> ImageSize { source }
    package func begin(_ size: ImageSize) throws(PenstockError) {}
    package func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {}
    package func finish(into slot: UnsafeMutableRawBufferPointer) {}
}
