internal import PenstockCore

/// How the records of a file are told apart and read back.
struct RecordForm {
    /// The option after which the file is named.
    let option: String
    /// Whether the first record says what the others hold.
    var hasHeader = false
    /// Whether a record may hold line ends between quotes.
    var quotesLines = false
    /// How many records an item has that several models looked at.
    var rowsPerItem = 1
    /// What a record, without its newline, says about its item; `nil` where it is damaged.
    let read: (ArraySlice<UInt8>) -> RecordedLine?
}

extension RecordForm {
    /// The results of a classification.
    ///
    /// - Parameter models: The names of the models, where there are several.
    static func results(_ format: OutputFormat, top: Int, models: [String]) -> RecordForm {
        guard format == .csv else { return RecordForm(option: "--output") { RecordedLine(jsonLine: $0) } }
        return RecordForm(option: "--output", hasHeader: true, quotesLines: true, rowsPerItem: max(1, models.count)) {
            RecordedLine(csvLine: $0, top: top, models: models)
        }
    }
}
