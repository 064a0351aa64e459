internal import PenstockImages

extension Orientation {
    /// The filters that turn stored pixels upright.
    var steps: [FilterChain.Step] {
        switch self {
        case .upright: []
        case .mirrored: [.init("hflip")]
        case .halfTurn: [.init("hflip"), .init("vflip")]
        case .flipped: [.init("vflip")]
        case .transposed: [.init("transpose", "cclock_flip")]
        case .quarterTurn: [.init("transpose", "clock")]
        case .transversed: [.init("transpose", "clock_flip")]
        case .threeQuarterTurn: [.init("transpose", "cclock")]
        }
    }
}
