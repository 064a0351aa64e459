import CTurboJPEG
import PenstockCore

/// What a chain of operations comes to for one JPEG: a part of the stored picture, and one turn.
struct LosslessPlan {
    /// Pixels along an axis of the stored picture.
    private struct Extent {
        var start: Int
        var length: Int

        var end: Int { start + length }
    }

    private let stored: ImageSize
    private let hasLuma: Bool
    private var group: ImageSize
    private var columns: Extent
    private var rows: Extent
    private var turn = Turn.none
    /// Whether colour is left out.
    private(set) var keepsLumaAlone = false

    /// Combines the operations on a picture that is first stood upright.
    init(
        _ blocks: penstock_jpeg_blocks,
        _ orientation: Orientation,
        _ operations: [PixelOperation]
    ) throws(PenstockError) {
        stored = ImageSize(width: Int(blocks.width), height: Int(blocks.height))
        hasLuma = blocks.has_luma
        group = ImageSize(width: Int(blocks.group_width), height: Int(blocks.group_height))
        columns = Extent(start: 0, length: stored.width)
        rows = Extent(start: 0, length: stored.height)
        turn = orientation.turn
        var obstacle = self.obstacle(at: "Standing it upright, as its orientation asks,")
        for (step, operation) in operations.enumerated() {
            try take(operation, step: step + 1)
            // A later step may mend what an earlier one alone could not do: two flips are none.
            let now = self.obstacle(at: "Step \(step + 1), \(operation.words),")
            obstacle = now == nil ? nil : obstacle ?? now
        }
        if let obstacle { throw obstacle }
    }

    /// The new size.
    var size: ImageSize { turn.applied(to: ImageSize(width: columns.length, height: rows.length)) }

    /// The same, as the library wants it said.
    var request: penstock_jpeg_transform {
        var request = penstock_jpeg_transform()
        (request.x, request.width) = (Int32(columns.start), Int32(columns.length))
        (request.y, request.height) = (Int32(rows.start), Int32(rows.length))
        request.mirrors_columns = turn.mirrorsColumns
        request.mirrors_rows = turn.mirrorsRows
        request.transposes = turn.transposes
        request.luma_alone = keepsLumaAlone
        return request
    }
}

extension LosslessPlan {
    private mutating func take(_ operation: PixelOperation, step: Int) throws(PenstockError) {
        switch operation {
        case .gray: try dropColor(step)
        case .crop(let cropping): try crop(to: cropping)
        case .rotate(let degrees):
            guard let quarters = Turn(clockwise: degrees) else { throw .lossy(step, operation) }
            turn = turn.followed(by: quarters)
        case .flip(let axis): turn = turn.followed(by: Turn(mirroring: axis))
        default: throw .lossy(step, operation)
        }
    }

    private mutating func dropColor(_ step: Int) throws(PenstockError) {
        guard hasLuma else {
            let why = "its colours are not kept as luma and chroma, so that there is no grey picture in it"
            throw .lossless("Step \(step), gray, cannot be done to this JPEG without loss: \(why).")
        }
        keepsLumaAlone = true
        // Blocks of a single component are never grouped.
        group = ImageSize(side: 8)
    }

    private mutating func crop(to cropping: Cropping) throws(PenstockError) {
        let part = cropping.size
        let (x, y) = try cropping.corner(in: size)
        let across = (start: x, length: part.width)
        let down = (start: y, length: part.height)
        Self.narrow(&columns, to: turn.transposes ? down : across, isMirrored: turn.mirrorsColumns)
        Self.narrow(&rows, to: turn.transposes ? across : down, isMirrored: turn.mirrorsRows)
    }

    /// Keeps a part of an axis, which is counted from its end where the picture is mirrored.
    private static func narrow(_ extent: inout Extent, to part: (start: Int, length: Int), isMirrored: Bool) {
        extent.start = isMirrored ? extent.end - part.start - part.length : extent.start + part.start
        extent.length = part.length
    }
}

extension LosslessPlan {
    /// Why what has been asked for so far would lose something; nil where it would not.
    private func obstacle(at step: String) -> PenstockError? {
        let edges = [
            (turn.mirrorsColumns ? "right" : "left", turn.mirrorsColumns ? columns.end : columns.start, group.width),
            (turn.mirrorsRows ? "bottom" : "top", turn.mirrorsRows ? rows.end : rows.start, group.height),
        ]
        guard let (name, edge, unit) = edges.first(where: { $0.1 % $0.2 != 0 }) else { return nil }
        let blocks = "blocks of \(group.width)×\(group.height) pixels are moved whole"
        let place = "its \(name) edge, which would come first, is at pixel \(edge) of the file, inside a block"
        let below = edge / unit * unit
        return .lossless(
            "\(step) cannot be done to this JPEG without loss: \(blocks), and \(place). "
                + "Crop so that it is at \(below) or another multiple of \(unit), or leave --lossless out."
        )
    }
}

extension Turn {
    /// Degrees clockwise; nil where they are no quarter turns.
    fileprivate init?(clockwise degrees: Double) {
        switch degrees.truncatingRemainder(dividingBy: 360) {
        case 0: self = .none
        case 90, -270: self = Orientation.quarterTurn.turn
        case 180, -180: self = Orientation.halfTurn.turn
        case 270, -90: self = Orientation.threeQuarterTurn.turn
        default: return nil
        }
    }

    fileprivate init(mirroring axis: PixelOperation.Axis) {
        switch axis {
        case .horizontal: self = Orientation.mirrored.turn
        case .vertical: self = Orientation.flipped.turn
        }
    }
}

extension PixelOperation {
    /// Whether some JPEG can be put through this without loss.
    var canBeLossless: Bool {
        switch self {
        case .gray, .crop, .flip: true
        case .rotate(let degrees): Turn(clockwise: degrees) != nil
        default: false
        }
    }

    /// The operation in a few words.
    fileprivate var words: String {
        switch self {
        case .gray: "gray"
        case .resize: "resize"
        case .crop(let cropping): "crop to \(cropping.size)"
        case .rotate(let degrees): "rotate by \(degrees) degrees"
        case .flip(let axis): "flip \(axis)"
        case .blur: "blur"
        case .brightness: "brightness"
        case .contrast: "contrast"
        case .saturation: "saturation"
        case .pad: "pad"
        }
    }
}

extension PenstockError {
    static func lossless(_ message: String) -> Self { Self(.unsupported, at: .preprocess, message) }

    /// Something that no JPEG can be put through without loss.
    static func lossy(_ step: Int, _ operation: PixelOperation) -> Self {
        Self(
            .invalidConfiguration,
            at: .preprocess,
            "Step \(step), \(operation.words), changes pixels, which --lossless does not allow: without loss a JPEG is "
                + "turned by quarters, flipped, cropped at its blocks and made grey. Leave one of the two out."
        )
    }
}
