/// The command line of `penstock engines`, interpreted.
package struct EnginesOptions: Sendable {
    /// The form of the answer.
    package var format: ReportFormat

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        format = try arguments.choice("format") ?? .text
    }

    /// Every option of the command.
    package static let descriptions = [ReportFormat.description]
}
