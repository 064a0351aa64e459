internal import CFFmpeg
internal import PenstockCore
internal import PenstockFlow

/// Feeds a decoder, and says what each frame that comes of it stands for.
protocol FrameSelection: AnyObject {
    /// What the decoder is to do next.
    func step() -> DecodingStep

    /// Judges a frame; what is to be delivered is put behind `elements`.
    func judge(_ frame: DecodedFrame, into elements: inout [SelectedElement])

    /// Takes note of data that could not be decoded.
    func noteFailure(_ status: Int32)

    /// Follows a `drain`: everything that was fed has been judged.
    func finishDraining(into elements: inout [SelectedElement])

    /// When the last packet was read.
    var lastArrival: MonotonicTime { get }
}

/// What a decoder is to do next.
@safe enum DecodingStep {
    /// Take a packet that is valid until the next step; it may pass over it if no other frame needs it.
    case take(UnsafeMutablePointer<AVPacket>, passesOver: Bool)
    /// Give out what it holds back.
    case drain
    /// Nothing more.
    case end
}

/// What is to be delivered.
enum SelectedElement {
    /// A frame, so many times over.
    case frame(DecodedFrame, FrameMoment, count: Int)
    case failure(FrameMoment?, PenstockError)
}
