internal import PenstockCore

/// What TensorFlow Lite's metadata says of one tensor.
struct TFLiteMetadata {
    /// What the values of a picture are.
    enum Colors {
        case rgb
        case gray
    }

    /// Subtracted from and dividing 8-bit pixels; `nil` when nothing is declared.
    private(set) var normalization: (mean: [Float], deviation: [Float])?
    /// The colours of a picture; `nil` when nothing is declared.
    private(set) var colors: Colors?
    /// The name of the file that holds the classes' names.
    private(set) var labelFile: String?

    /// The numbers that the schema gives to members of its unions and enumerations.
    private enum Number {
        static let imageProperties: UInt8 = 2
        static let normalization: UInt8 = 1
        static let axisLabels: Int8 = 2
        static let valueLabels: Int8 = 3
    }

    /// Reads a tensor's metadata.
    init(_ table: FlatTable) throws(PenstockError) {
        if let content = try table.table(3), try content.integer(0, as: UInt8.self) == Number.imageProperties {
            colors = Self.colors(try content.table(1)?.integer(0, as: Int8.self))
        }
        for unit in try table.tables(4) where try unit.integer(0, as: UInt8.self) == Number.normalization {
            guard let options = try unit.table(1) else { continue }
            normalization = (try options.floats(0), try options.floats(1))
        }
        for file in try table.tables(6) {
            let type = try file.integer(2, as: Int8.self) ?? 0
            guard type == Number.axisLabels || type == Number.valueLabels else { continue }
            // Files in several languages may be there; the first is the one without, or the main one.
            if labelFile == nil { labelFile = try file.string(0) }
        }
    }

    private static func colors(_ number: Int8?) -> Colors? {
        switch number {
        case 1: .rgb
        case 2: .gray
        default: nil
        }
    }
}
