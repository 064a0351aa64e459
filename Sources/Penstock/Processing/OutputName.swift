/// A pattern for the names of outputs, such as `{stem}_{index:05}.{ext}`.
///
/// Fields: `{dir}` the source's folder below the input folder that it was found in, `{stem}` its name without ending,
/// `{name}` with it, `{ext}` the written format's ending, `{index}` the item's number in the job, `{frame}` the frame's
/// number in its video, `{time}` the frame's time in seconds. `:05` pads a number with zeros, `{time:.2}` has two
/// decimals (three, where nothing is said); `{{` and `}}` are braces, and a slash makes folders.
public struct OutputName: Hashable, Sendable {
    /// The pattern as it was written.
    public let pattern: String
    /// What it is made of, in order.
    let pieces: [Piece]

    /// Reads a pattern.
    ///
    /// - Throws: A `PenstockError` that names the field that is not known.
    public init(_ pattern: String) throws {
        self.pattern = pattern
        var parser = OutputNameParser(pattern)
        pieces = try parser.parse()
    }
}

extension OutputName {
    /// A stretch of text, or a field.
    enum Piece: Hashable, Sendable {
        case text([UInt8])
        case field(Field, NumberForm)
    }

    /// What a field stands for.
    enum Field: String, Hashable, Sendable, CaseIterable {
        case dir
        case stem
        case name
        case ext
        case index
        case frame
        case time

        var isNumber: Bool { self == .index || self == .frame || self == .time }
    }

    /// How a number is written.
    struct NumberForm: Hashable, Sendable {
        /// The fewest characters, a sign and a point among them; zeros make up for what is missing.
        var width = 0
        /// The digits behind the point, of a time.
        var decimals = 3
    }
}
