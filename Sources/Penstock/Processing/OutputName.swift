/// A pattern for the names of outputs, such as `{stem}_{index:05}.{ext}`.
///
/// Fields: `{dir}` the source's folder below the input folder that it was found in, `{stem}` its name without ending,
/// `{name}` with it, `{ext}` the written format's ending, `{index}` the item's number in the job, `{frame}` the frame's
/// number in its video, `{time}` the frame's time in seconds. `:05` pads a number with zeros; `{{` and `}}` are braces.
public struct OutputName: Hashable, Sendable {
    /// The pattern as it was written.
    public let pattern: String

    /// Reads a pattern.
    ///
    /// - Throws: A `PenstockError` that names the field that is not known.
    public init(_ pattern: String) throws {
        self.pattern = pattern
    }
}
