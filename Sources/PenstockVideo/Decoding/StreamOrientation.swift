internal import CFFmpeg
internal import PenstockImages

extension Orientation {
    /// The orientation that a display matrix asks for, to the nearest quarter turn.
    ///
    /// The matrix gives the place of a stored pixel on the display: `x' = m0·x + m3·y`, `y' = m1·x + m4·y`.
    init(displayMatrix matrix: (m0: Int32, m1: Int32, m3: Int32, m4: Int32)) {
        let isAcross = matrix.m0.magnitude >= matrix.m1.magnitude
        self =
            if isAcross {
                switch (matrix.m0 < 0, matrix.m4 < 0) {
                case (false, false): .upright
                case (true, false): .mirrored
                case (true, true): .halfTurn
                case (false, true): .flipped
                }
            } else {
                switch (matrix.m1 < 0, matrix.m3 < 0) {
                case (false, false): .transposed
                case (false, true): .quarterTurn
                case (true, true): .transversed
                case (true, false): .threeQuarterTurn
                }
            }
    }

    /// Reads the nine numbers of a display matrix.
    init?(displayMatrix bytes: UnsafePointer<UInt8>?, count: Int) {
        guard let bytes = unsafe bytes, count >= 9 * 4 else { return nil }
        // There are nine numbers, as was checked, of 16.16 bits each.
        let number = { (index: Int) in
            unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: index * 4, as: Int32.self)
        }
        self.init(displayMatrix: (number(0), number(1), number(3), number(4)))
    }

    /// Degrees by which stored pixels are turned clockwise to stand upright, leaving mirroring aside.
    var degrees: Int {
        switch self {
        case .upright, .mirrored: 0
        case .quarterTurn, .transposed: 90
        case .halfTurn, .flipped: 180
        case .threeQuarterTurn, .transversed: 270
        }
    }
}
