internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Makes lent frames of what was selected.
///
/// Every decoded frame that is wanted passes through here, once.
final class FrameDelivery {
    private let pool: FramePool
    private let orientation: Orientation
    /// How many of the elements have been delivered.
    private var position = 0
    /// A frame that is to be delivered again.
    private var repeated: (frame: VideoFrame, count: Int)?
    /// Whether no more frames may be lent.
    private(set) var isClosed = false

    init(_ pool: FramePool, _ orientation: Orientation) {
        self.pool = pool
        self.orientation = orientation
    }

    /// Delivers the next of the elements, which are cleared once they are all delivered; `nil` when there is none.
    func next(of elements: inout [SelectedElement]) -> VideoElement? {
        if let again = repeated {
            repeated = again.count > 1 ? (again.frame, again.count - 1) : nil
            return .frame(again.frame)
        }
        guard position < elements.count, !isClosed else {
            elements.removeAll(keepingCapacity: true)
            position = 0
            return nil
        }
        defer { position += 1 }
        return deliver(elements[position])
    }

    private func deliver(_ element: SelectedElement) -> VideoElement? {
        switch element {
        case .failure(let moment, let error): return .failure(moment, error)
        case .frame(let decoded, let moment, let count):
            guard let frame = lend(decoded, moment) else { return nil }
            if count > 1 { repeated = (frame, count - 1) }
            return .frame(frame)
        }
    }

    /// Moves a decoded frame into a lent one; waits until one may be lent.
    private func lend(_ decoded: DecodedFrame, _ moment: FrameMoment) -> VideoFrame? {
        guard let lent = unsafe pool.take() else {
            isClosed = true
            return nil
        }
        let (isKeyframe, isDamaged) = (decoded.isKeyframe, decoded.isDamaged)
        let orientation = decoded.orientation ?? orientation
        // The lent frame is empty, and the decoded one becomes so.
        unsafe av_frame_move_ref(lent, decoded.pointer)
        return unsafe VideoFrame(
            adopting: lent,
            from: pool,
            moment: moment,
            orientation: orientation,
            isKeyframe: isKeyframe,
            isDamaged: isDamaged
        )
    }
}
