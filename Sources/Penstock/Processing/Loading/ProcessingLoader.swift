internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// What one loader thread of a processing job keeps from picture to picture. It makes files of pictures.
final class ProcessingLoader {
    typealias Outcome = LoadOutcome<PendingItem, PendingItem>

    private let plan: ProcessingPlan
    private let meters: StageMeters
    private let reader: InputReader
    private let decoder = PictureDecoder()
    private let frames = WholeFrames()
    private let wish = LayoutWish()
    private let canvas: PixelCanvas
    /// What is done to stills, and to frames.
    private let chains: (stills: OperationChain, frames: OperationChain)
    private let encoder = PictureEncoder()
    private lazy var lossless = LosslessJPEG()
    /// Holds frames made of pixels: as many as those that they were made of.
    private let made = FramePool(limit: .max)

    init(_ plan: ProcessingPlan, meters: StageMeters) throws(PenstockError) {
        self.plan = plan
        self.meters = meters
        reader = InputReader(meters)
        chains = (
            stills: try OperationChain(plan.operations),
            frames: try OperationChain(
                Array(plan.operations[plan.orderedCount...]),
                firstNumber: plan.orderedCount
            )
        )
        canvas = PixelCanvas { [wish] natural in wish.layout(of: natural) }
        wish.isGray = chains.stills.wantsGray
    }
}

// MARK: - Ways to pixels

extension ProcessingLoader {
    /// Reads, decodes, transforms and encodes a picture into the slot.
    func load(_ input: PictureInput, into slot: OutputSlot) throws(PenstockError) -> Outcome {
        switch input.location {
        case .frame(let frame): return try load(frame, of: input, into: slot)
        case .pixels(let pixels): return try load(pixels, of: input, into: slot)
        case .video: return .failed(try plan.settled(input))
        case .file, .memory, .remote, .address: return try read(input, into: slot)
        }
    }

    private func read(_ input: PictureInput, into slot: OutputSlot) throws(PenstockError) -> Outcome {
        let known = plan.settings.dependsOnContent ? nil : try plan.target(of: input, nil)
        if let known, let skipped = try plan.skipped(known) { return .failed(skipped) }
        return try unsafe reader.withBytes(of: input) { (bytes, _) throws(PenstockError) in
            // The reader lends the bytes for the length of the call.
            let format = unsafe PictureFormat(content: bytes.assumingMemoryBound(to: UInt8.self).span)
            let target = if let known { known } else { try plan.target(of: input, format) }
            if known == nil, let skipped = try plan.skipped(target) { return .failed(skipped) }
            return .filled(unsafe try load(bytes, of: target, into: slot))
        }
    }

    private func load(
        _ bytes: UnsafeRawBufferPointer,
        of target: ProcessingPlan.Target,
        into slot: OutputSlot
    ) throws(PenstockError) -> PendingItem {
        if case .losslessJPEG(let encoding) = target.form {
            return unsafe try transform(bytes, as: encoding, of: target, into: slot)
        }
        defer { trim() }
        let info = try metered(.decode) { () throws(PenstockError) in
            wish.keepsAlpha = target.form.keepsAlpha
            // The caller lends the bytes for the length of the call.
            return try unsafe decoder.decode(bytes, into: canvas, options: plan.decoding)
        }
        let warning = try plan.warning(of: info, keepsAlpha: target.form.keepsAlpha)
        try transform(by: chains.stills)
        // As above.
        let metadata = unsafe PictureMetadata(of: bytes, format: info.format, keeping: plan.settings.metadata)
        var item = try encode(canvas.pixels, metadata, as: target, into: slot)
        item.result.warning = warning
        return item
    }

    private func load(
        _ pixels: PixelBuffer,
        of input: PictureInput,
        into slot: OutputSlot
    ) throws(PenstockError) -> Outcome {
        let target = try plan.target(of: input, nil)
        if let skipped = try plan.skipped(target) { return .failed(skipped) }
        defer { canvas.pixels = PixelBuffer() }
        canvas.pixels = pixels
        try transform(by: chains.stills)
        return .filled(try encode(canvas.pixels, .none, as: target, into: slot))
    }

    private func load(
        _ frame: VideoFrame,
        of input: PictureInput,
        into slot: OutputSlot
    ) throws(PenstockError) -> Outcome {
        if plan.encodesVideos { return .failed(try encodable(frame, of: input)) }
        let target = try plan.target(of: input, nil)
        if let skipped = try plan.skipped(target) { return .failed(skipped) }
        let loss = try plan.loss(ofDepth: frame.depth, in: "The frame")
        defer { trim() }
        try convert(frame)
        var item = try encode(canvas.pixels, .none, as: target, into: slot)
        let warnings = [loss, frame.isDamaged ? Self.damaged : nil].compactMap(\.self)
        item.result.warning = warnings.isEmpty ? nil : warnings.joined(separator: " ")
        return .filled(item)
    }

    private func encodable(_ frame: VideoFrame, of input: PictureInput) throws(PenstockError) -> PendingItem {
        var item = PendingItem(result: ProcessedPicture(input, .encoded), video: input.video)
        if frame.isDamaged { item.result.warning = Self.damaged }
        let loss = try plan.loss(ofDepth: frame.depth, in: "The video")
        if chains.frames.isEmpty {
            item.frame = EncodableFrame(frame: frame, origin: frame, loss: loss)
            return item
        }
        defer { trim() }
        try convert(frame)
        let made = try VideoFrame(canvas.pixels, moment: frame.moment, from: made)
        item.frame = EncodableFrame(frame: made, origin: frame, loss: loss)
        return item
    }

    /// Fills the canvas with what becomes of a frame.
    private func convert(_ frame: VideoFrame) throws(PenstockError) {
        try metered(.decode) { () throws(PenstockError) in try frames.deliver(frame, to: canvas) }
        try transform(by: chains.frames)
    }
}

// MARK: - Pixels to files

extension ProcessingLoader {
    private func transform(by chain: OperationChain) throws(PenstockError) {
        if chain.isEmpty { return }
        try metered(.preprocess) { () throws(PenstockError) in try chain.apply(to: &canvas.pixels) }
    }

    private func encode(
        _ pixels: PixelBuffer,
        _ metadata: PictureMetadata,
        as target: ProcessingPlan.Target,
        into slot: OutputSlot
    ) throws(PenstockError) -> PendingItem {
        guard case .encoded(let encoding) = target.form else {
            preconditionFailure("only a JPEG's own bytes are moved about without loss")
        }
        var metadata = metadata.fitting(pixels.layout)
        metadata.describe(pixels.size)
        slot.bytes.removeAll()
        try metered(.write) { () throws(PenstockError) in
            try encoder.encode(pixels, as: encoding, metadata: metadata, into: slot.bytes)
        }
        return filed(pixels.size, as: target, in: slot)
    }

    /// Moves a JPEG's coefficients about, which loses nothing.
    private func transform(
        _ bytes: UnsafeRawBufferPointer,
        as encoding: JPEGEncoding,
        of target: ProcessingPlan.Target,
        into slot: OutputSlot
    ) throws(PenstockError) -> PendingItem {
        let operations = try plan.losslessOperations()
        slot.bytes.removeAll()
        let size = try metered(.preprocess) { () throws(PenstockError) in
            // The caller lends the bytes for the length of the call.
            try unsafe lossless.transform(
                bytes,
                operations,
                metadata: plan.settings.metadata,
                progressive: encoding.isProgressive,
                optimized: encoding.isOptimized,
                maxPixels: plan.decoding.maxPixels,
                into: slot.bytes
            )
        }
        return filed(size, as: target, in: slot)
    }

    /// The item of the file that is in the slot.
    private func filed(_ size: ImageSize, as target: ProcessingPlan.Target, in slot: OutputSlot) -> PendingItem {
        // The slot keeps its bytes for the length of the call.
        let checksum = unsafe Checksum.crc32(slot.bytes.bytes)
        let file = WrittenFile(output: target.output, size: size, bytes: slot.bytes.count, checksum: checksum)
        var item = PendingItem(result: ProcessedPicture(target.input, .written(file)), video: target.input.video)
        item.file = plan.unfinished(target.output, index: target.input.index)
        item.origin = target.input.file
        slot.file = item.file
        return item
    }

    /// Lets go of the memory of one huge picture, which would stay for the rest of the job.
    private func trim() {
        // What was cut small since still has the room of the whole.
        if canvas.pixels.bytes.capacity > GrowableBuffer.keptBytes { canvas.pixels = PixelBuffer() }
    }

    private func metered<Result>(
        _ stage: PenstockError.Stage,
        _ body: () throws(PenstockError) -> Result
    ) throws(PenstockError) -> Result {
        let start = MonotonicTime.now
        defer { meters.add(.now - start, to: stage) }
        return try body()
    }

    private static let damaged = "Parts of the frame were missing; the decoder filled them in."
}
