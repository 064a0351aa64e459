internal import Penstock
internal import PenstockCore
internal import PenstockImages

/// What holds for all operations of a kind, wherever on the command line it stands.
struct OperationSettings {
    private let fit: Fit?
    private let filter: ResamplingFilter?
    private let background: PixelColor?

    /// How a picture is brought to another shape, as the command line calls it.
    enum Fit: String, CaseIterable {
        case stretch, inside, contain, cover

        var shape: Resizing.Shape {
            switch self {
            case .stretch: .stretch
            case .inside: .inside
            case .contain: .contain
            case .cover: .cover
            }
        }
    }

    init(_ arguments: ParsedArguments) throws(UsageError) {
        fit = try arguments.choice("fit")
        filter = try arguments.choice("resample")
        background = try arguments.text("background").map { (text) throws(UsageError) in
            try OperationValue(name: "background", text: text).color()
        }
    }

    func resizing(_ target: Resizing.Target) -> Resizing {
        Resizing(target, shape: fit?.shape ?? .stretch, filter: filter ?? .lanczos, background: background ?? .black)
    }

    func padding(_ amount: Padding.Amount) -> Padding { Padding(amount, background: background ?? .black) }

    /// All of it in words.
    var description: String {
        let color = background.map { "\($0.red),\($0.green),\($0.blue)" }
        return [fit?.rawValue, filter?.rawValue, color].map { $0 ?? "-" }.joined(separator: " ")
    }

    /// Refuses what no operation makes use of: it was meant for something.
    func check(_ operations: [PictureOperation]) throws(UsageError) {
        let targets = operations.compactMap(\.resizingTarget)
        if targets.isEmpty, let name = fit != nil ? "fit" : filter != nil ? "resample" : nil {
            throw UsageError("--\(name) is about resizing; say to which size with --resize.")
        }
        let hasBothEdges = targets.contains { if case .size = $0 { true } else { false } }
        if let fit, fit != .stretch, !hasBothEdges {
            throw UsageError("--fit \(fit.rawValue) needs both edges: --resize 640x480.")
        }
        if background != nil, fit != .contain, !operations.contains(where: \.isPadding) {
            throw UsageError("--background fills what --pad and --fit contain add, and neither is given.")
        }
    }
}

extension PictureOperation {
    fileprivate var resizingTarget: Resizing.Target? {
        if case .pixels(.resize(let resizing)) = self { resizing.target } else { nil }
    }

    fileprivate var isPadding: Bool {
        if case .pixels(.pad) = self { true } else { false }
    }

    /// Whether it can be done to a JPEG without decoding it.
    var isLossless: Bool {
        switch self {
        case .pixels(.gray), .pixels(.crop), .pixels(.flip): true
        case .pixels(.rotate(let degrees)): degrees.truncatingRemainder(dividingBy: 90) == 0
        case .pixels, .filter, .custom: false
        }
    }
}
