package import Penstock

/// The forms in which results are written.
package enum OutputFormat: String, Hashable, Sendable, CaseIterable {
    /// A JSON object a line.
    case jsonl
    /// Comma-separated values.
    case csv
    /// A table for people.
    case table
}

/// Puts results into bytes, one item at a time.
package protocol ResultFormatter: Sendable {
    /// Appends what stands before the first result; nothing in most forms.
    func appendHeader(to output: inout [UInt8])

    /// Appends one result, its closing newline included.
    func append(_ picture: ClassifiedPicture, to output: inout [UInt8])
}

extension OutputFormat {
    /// The formatter for this form.
    ///
    /// - Parameters:
    ///   - top: The most classes that a result can hold.
    ///   - width: The columns that a table may take.
    ///   - namesModels: Whether several models look at each picture.
    package func formatter(top: Int, width: Int, namesModels: Bool = false) -> any ResultFormatter {
        switch self {
        case .jsonl: JSONLinesFormatter()
        case .csv: CSVFormatter(top: top, namesModels: namesModels)
        case .table: TableFormatter(width: width)
        }
    }
}
