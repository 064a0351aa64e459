internal import PenstockCore

/// How the records of a file are told apart and read back.
struct RecordForm {
    /// The option after which the file is named.
    let option: String
    /// Whether the first record says what the others hold.
    var hasHeader = false
    /// Whether a record may hold line ends between quotes.
    var quotesLines = false
    /// What a record, without its newline, says about its item; `nil` where it is damaged.
    let read: (ArraySlice<UInt8>) -> RecordedLine?
}

extension RecordForm {
    /// The results of a classification.
    static func results(_ format: OutputFormat, top: Int) -> RecordForm {
        format == .csv
            ? RecordForm(option: "--output", hasHeader: true, quotesLines: true) { RecordedLine(csvLine: $0, top: top) }
            : RecordForm(option: "--output") { RecordedLine(jsonLine: $0) }
    }
}
