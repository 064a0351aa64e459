/// The form of an answer that is not a list of results.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    /// For people.
    case text
    /// For programs.
    case json
}

extension ReportFormat {
    /// The option, as every command has it that answers with one report.
    static let description = OptionDescription(
        "format",
        .choice(allCases.map(\.rawValue)),
        in: .results,
        default: "text",
        help: "For people or for programs."
    )
}
